"""Word lists with which names of places are told from other names."""

from __future__ import annotations

from typing import Final

STOPPED: Final = frozenset("st ste mt ft w n s e".split())  # after which a full stop does not end a name
COMPASS: Final = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern greater downtown uptown inner mainland metro metropolitan "
    "nearby upstate rural suburban occupied historic old coastal".split()
)
# Before a place's name they make another name of it: "Lake Victoria", "San Jordan", "Fort Houston".
PREFIXES: Final = frozenset(
    "lake mount mt mountain fort ft port cape camp san santa st saint new los las el la glen bay point upper lower "
    "little big great rio villa van von de di al bin abu mr mrs ms dr sir lord lady".split()
)
# After a place's name they make an address or a person's or firm's name of it, which says little of where it is.
ROADS: Final = frozenset(
    "road rd street st avenue ave lane ln drive dr boulevard blvd highway hwy parkway pkwy way court ct circle place "
    "pike trail terrace crescent close route turnpike freeway expressway".split()
)
OUTLETS: Final = frozenset(
    "times post herald tribune journal news gazette chronicle globe mail observer telegraph daily press review sun "
    "star magazine bank airlines airways group inc corp corporation ltd llc company co records pictures motors "
    "energy".split()
)
# Bodies that belong to the place they are named after.
CIVIC: Final = frozenset(
    "police department dept county city town township village borough parish council councillors commission board "
    "government governor gov mayor sheriff sheriffs fire rescue ems court courthouse school schools district high "
    "elementary middle university college hospital airport library parliament ministry minister president army "
    "military navy coast guard air force forces state national international regional general public health "
    "medical center centre chamber community municipal prime foreign interior defence defense secretary senate "
    "assembly legislature house supreme embassy ambassador opp rcmp authority division area metropolitan province "
    "provincial federal officials troopers jail prison museum church cathedral stadium park".split()
)
# Those of them that may lie elsewhere: "Columbia University".
NAMESAKES: Final = frozenset(
    "university college school schools elementary middle high park center centre museum church cathedral hospital "
    "library stadium".split()
)
TITLES: Final = frozenset(
    "mayor president minister prime foreign interior defence defense secretary gov governor sheriff police sen senator "
    "rep attorney ambassador king queen chancellor premier superintendent first chief district judge councillor "
    "councilman councilwoman alderman commissioner county city".split()
)
# After which a person's name comes, never that of a place.
PERSONAL: Final = frozenset(
    "mr mrs ms miss dr sir lord lady minister president chancellor premier senator sen rep gov mayor judge justice "
    "sgt sergeant capt captain lt lieutenant gen col colonel det detective prof professor spokesman spokeswoman".split()
)
# What those of a place are called behind its name: "a Dayton man".
LOCALS: Final = frozenset(
    "man men woman women couple teen teenager boy girl resident residents native natives police officials officers "
    "firefighters students councillors mayor".split()
)
# Single words that are some village's name, and hardly ever meant as it.
COMMON: Final = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday jewish christian muslim islamic democrat democratic republican republic federal "
    "union home house human star lakes lake island park hill hills valley center centre institute association "
    "foundation club team league conference sea ocean river creek bridge hotel mall plaza square building tower god "
    "bush trump ford young most many reading nice male of is this that we he she they but and".split()
)
# Single words that alone name no place.
NO_NAMES: Final = COMMON | COMPASS | CIVIC | ROADS | OUTLETS | PREFIXES - {"rio", "troy"}
