"""The mean of several runs' weights as one run (a model soup; Wortsman et al., 2022).

    python -m training.average --runs build/run1 build/run2 --out build/mean --names-of build/run2

Runs that go on from one another lie in one basin; their mean is flatter than either and does better on new text.
``--names-of`` takes the names head from one run alone, where only that has learned it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--runs", type=Path, nargs="+", required=True, help="folders of training runs")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--names-of", type=Path, help="the run whose names head is kept as it is")
    args = ask.parse_args()
    states = [torch.load(run / "checkpoint.pt", weights_only=False) for run in args.runs]
    weights = [state["average"] for state in states]
    # parts that only later runs have are the mean of those
    mean = {
        name: torch.stack([own[name] for own in weights if name in own]).mean(0)
        for name in dict.fromkeys(name for own in weights for name in own)
    }
    if args.names_of:
        chosen = weights[args.runs.index(args.names_of)]
        mean |= {
            name: value for name, value in chosen.items() if name.split(".")[0] in ("name", "naming", "name_steps")
        }
    args.out.mkdir(parents=True, exist_ok=True)
    kept = {"average": mean, "relations": states[-1]["relations"], "step": max(state["step"] for state in states)}
    torch.save(kept, args.out / "checkpoint.pt")


if __name__ == "__main__":
    main()
