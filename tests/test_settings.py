"""Where a deployment lives, and clear words for a configuration that cannot be read."""

from pathlib import Path

import pytest

from etl import settings


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.home.cache_clear()
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.delenv("CHRONIQUE_WAREHOUSE", raising=False)


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "dagster_home").mkdir()
    (tmp_path / "dagster_home" / "dagster.yaml").touch()
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    return tmp_path


def test_a_clone_is_found_from_any_folder_in_it(clone: Path) -> None:
    assert settings.home() == clone
    assert settings.warehouse_dir() == clone / "warehouse" / "data"


def test_elsewhere_the_users_data_folder_is_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert settings.home() == tmp_path / "data" / "chronique"
    assert (settings.dagster_home() / "dagster.yaml").is_file()
    assert any(Path(path).is_dir() for path in settings.source_paths()), "the shipped samples are found"


def test_the_option_wins_over_the_environment(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHRONIQUE_WAREHOUSE", str(clone / "other"))
    assert settings.warehouse_dir() == clone / "other"
    assert settings.warehouse_dir(Path("given")) == Path.cwd() / "given"


def test_the_inbox_is_made_so_that_files_can_be_dropped_there(clone: Path) -> None:
    settings.source_paths()
    assert settings.inbox().is_dir()


@pytest.mark.parametrize(
    ("content", "told"),
    [("sources: [", "YAML"), ("sources:\n  - pth: here\n", "pth"), ("schedule: 5\n", "schedule")],
)
def test_a_faulty_sources_file_is_named_with_its_fault(clone: Path, content: str, told: str) -> None:
    (clone / "dagster_home" / "sources.yaml").write_text(content)
    with pytest.raises(settings.ConfigurationError, match=told) as error:
        settings.sources()
    assert "sources.yaml" in str(error.value)
