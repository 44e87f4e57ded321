"""The blocks' stories -> stories of the whole archive, within the engine.

An article stands in several blocks, and in each of them in a story. Two stories of two blocks are one where they hold
the same articles, of those that both blocks have. What is connected that way is one story. Connections are found by
partitions, without a machine that sees them all: each node points to the least of its neighbours, in turn those above
and those below it, until nothing moves (large and small stars; Kiveris et al. 2014, "Connected components in MapReduce
and beyond"), which is union-find as joins and groupings.
"""

from __future__ import annotations

from typing import Any, Final

from whosays.archive import engine

# Of the articles of a story that another block has too, the share which that block's story must hold: half of either.
_SHARED: Final = 0.5
_PIECE: Final = 1_000_000  # edges
_PRIME: Final = 1_000_003
_MOST_ROUNDS: Final = 60  # each halves the longest chain, at the least

Frame = Any


def stories_of(members: Frame) -> Frame:
    """The story of each article: columns ``article``, ``chunk`` and ``story``, which is the id of its first article.

    ``members`` has ``article``, ``node``, ``block``, ``order`` and ``chunk``, a row for each block of an article.
    """
    from daft import col

    members = engine.gathered(members, members.count_rows() // _PIECE + 1).collect()
    labels = components(_edges(members))
    named = members.join(labels, on="node", how="left").with_column("label", col("label").fill_null(col("node")))
    named = named.select("article", "chunk", "order", "label")
    # an article whose blocks' stories stayed apart goes with most of them, else with the older one
    votes = named.groupby("article", "label").agg(
        col("order").count().alias("votes"), col("order").min(), col("chunk").min()
    )
    most = votes.groupby("article").agg(col("votes").max().alias("most"))
    chosen = votes.join(most, on="article").where(col("votes") == col("most"))
    chosen = chosen.groupby("article").agg(col("label").min(), col("order").min(), col("chunk").min()).collect()
    firsts = chosen.groupby("label").agg(col("order").min().alias("first"))
    found = chosen.join(firsts, on="label")
    return found.select("article", "chunk", col("first").substr(17).alias("story"))


def _edges(members: Frame) -> Frame:
    """Pairs of nodes that hold the same articles, ``one`` the lesser."""
    from daft import col

    one = members.select("article", col("node").alias("one"), col("block").alias("one_block"))
    other = members.select("article", col("node").alias("other"), col("block").alias("other_block"))
    both = one.join(other, on="article").where(col("one_block") != col("other_block"))
    common = both.groupby("one", "other").agg(
        col("article").count().alias("common"), col("one_block").min(), col("other_block").min()
    )
    # of a node's articles, those that the other block has at all
    reach = both.groupby("one", "other_block").agg(col("article").count().alias("reach"))
    found = common.join(reach, on=["one", "other_block"])
    back = reach.select(
        col("one").alias("other"), col("other_block").alias("one_block"), col("reach").alias("other_reach")
    )
    found = found.join(back, on=["other", "one_block"])
    fits = (col("common") >= _SHARED * col("reach")) & (col("common") >= _SHARED * col("other_reach"))
    return found.where((col("one") < col("other")) & fits).select("one", "other")


def components(edges: Frame) -> Frame:
    """``node`` and ``label``, the least node that it is connected with, for every node that has an edge."""
    from daft import col

    edges = edges.distinct().collect()
    # each joining of tables adds up their pieces, of which a cluster would soon have thousands
    pieces = edges.count_rows() // _PIECE + 1
    seen: object = None
    for _ in range(_MOST_ROUNDS):
        mixed = (col("one") % _PRIME + 1) * (col("other") % _PRIME + 1)  # a check sum, small enough to be summed
        state = edges.agg(col("one").count().alias("count"), mixed.sum().alias("sum")).to_pydict()
        if state == seen or not state["count"][0]:
            break
        seen = state
        starred = _small_star(engine.gathered(_large_star(edges), pieces))
        edges = engine.gathered(starred, pieces).collect()
    return edges.select(col("other").alias("node"), col("one").alias("label"))


def _large_star(edges: Frame) -> Frame:
    """Every neighbour above a node is tied to the least of the node and its neighbours."""
    from daft import col

    both = edges.concat(edges.select(col("other").alias("one"), col("one").alias("other")))
    and_own = both.concat(both.select("one", col("one").alias("other")))
    least = and_own.groupby("one").agg(col("other").min().alias("least"))
    tied = both.join(least, on="one").where(col("other") > col("one"))
    return tied.select(col("least").alias("one"), "other").distinct()


def _small_star(edges: Frame) -> Frame:
    """A node and its neighbours below it are tied to the least of them."""
    from daft import col

    least = edges.groupby("other").agg(col("one").min().alias("least"))
    tied = edges.join(least, on="other")
    near = tied.where(col("one") > col("least")).select(col("least").alias("one"), col("one").alias("other"))
    own = least.select(col("least").alias("one"), "other")
    return near.concat(own).distinct()
