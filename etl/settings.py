"""Where this deployment lives and how it runs: its home, its warehouse, its sources. No logic beyond finding them.

The home is the nearest folder upwards that holds `dagster_home/dagster.yaml` (a clone); elsewhere, the user's data
folder. A `dagster_home` without configuration gets a copy of the shipped one.
"""

import os
import shutil
from functools import cache
from importlib import resources
from pathlib import Path

import yaml
from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

SHIPPED = Path(str(resources.files("etl"))).parent
"""The folder that holds the installed packages: where the shipped samples and configuration are found."""


class ConfigurationError(Exception):
    """A configuration file cannot be read; the message names the file, the fault and the remedy."""


class Environment(BaseSettings):
    """What environment variables set (`CHRONIQUE_WAREHOUSE`, `CHRONIQUE_WORKERS`, `CHRONIQUE_MAX_CHARS`)."""

    model_config = SettingsConfigDict(env_prefix="CHRONIQUE_")

    warehouse: Path | None = None
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    max_chars: int = Field(default=5_000_000, ge=1)


class SourceEntry(BaseModel):
    """One entry of `sources.yaml`. `path` is a file, a folder or a URL; a relative one counts from the home."""

    model_config = ConfigDict(extra="forbid")

    path: str
    optional: bool = False


class Sources(BaseModel):
    """`dagster_home/sources.yaml`: what a refresh without arguments reads, and when the schedule runs."""

    model_config = ConfigDict(extra="forbid")

    sources: list[SourceEntry] = Field(default_factory=list)
    schedule: str = "0 5 * * *"
    timezone: str = "UTC"


@cache
def home() -> Path:
    """The deployment's root folder; it may not exist yet."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "dagster_home" / "dagster.yaml").is_file():
            return folder
    return user_data_path("chronique", appauthor=False)


def dagster_home() -> Path:
    """`$DAGSTER_HOME`, else the home's `dagster_home`; exists afterwards, configured as shipped if it was not."""
    given = os.environ.get("DAGSTER_HOME")
    folder = Path(given).absolute() if given else home() / "dagster_home"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("dagster.yaml", "sources.yaml"):
        if not (folder / name).exists():
            shutil.copyfile(SHIPPED / "dagster_home" / name, folder / name)
    return folder


def warehouse_dir(option: Path | None = None) -> Path:
    """The folder of the databases: the option, else `$CHRONIQUE_WAREHOUSE`, else the home's `warehouse/data`."""
    return (option or Environment().warehouse or home() / "warehouse" / "data").absolute()


def sources() -> Sources:
    """The parsed `sources.yaml`. Raises ConfigurationError naming the file and the field."""
    file = dagster_home() / "sources.yaml"
    try:
        return Sources.model_validate(yaml.safe_load(file.read_text("utf-8")) or {})
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{file} is no valid YAML: {error}") from error
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(f"{file}: {faults}. See the README's section on sources.") from error


def source_paths() -> tuple[str, ...]:
    """What a refresh without arguments reads. The inbox is made if it is missing; optional entries may be absent."""
    paths = []
    for entry in sources().sources:
        if home() / entry.path == inbox():
            inbox().mkdir(parents=True, exist_ok=True)
        path = locate(entry.path)
        if "://" in path or not entry.optional or Path(path).exists():
            paths.append(path)
    return tuple(paths)


def locate(path: str) -> str:
    """A source's path made absolute: from the home, else from the installed package. URLs stay as they are."""
    if "://" in path:
        return path
    candidates = [home() / path, SHIPPED / path]
    return str(next((c for c in candidates if c.exists()), candidates[0]))


def inbox() -> Path:
    """The folder that the sensor watches."""
    return home() / "warehouse" / "data" / "inbox"
