"""The graph by name: a change of assets, checks, jobs, schedules or sensors shows in review."""

import dagster as dg

from etl.definitions import build_defs, defs
from schemas import MENTIONS, derive


def test_the_code_location_holds_exactly_these() -> None:
    repository = build_defs().get_repository_def()
    graph = repository.asset_graph
    assert {key.to_user_string() for key in graph.get_all_asset_keys()} == {"articles", *MENTIONS, "published"}
    assert {f"{key.asset_key.to_user_string()}.{key.name}" for key in graph.asset_check_keys} == {
        "articles.articles_are_dated",
        "articles.revisions_are_counted",
        *(f"{table}.proven_and_linked" for table in MENTIONS),
    }
    assert "refresh" in repository.job_names
    assert [schedule.name for schedule in repository.schedule_defs] == ["daily_refresh"]
    assert [sensor.name for sensor in repository.sensor_defs] == ["inbox"]


def test_data_flows_one_way() -> None:
    graph = build_defs().get_repository_def().asset_graph
    parents = {
        key.to_user_string(): {parent.to_user_string() for parent in graph.get(key).parent_keys}
        for key in graph.get_all_asset_keys()
    }
    assert parents == {
        "articles": set(),
        **{table: {"articles"} for table in MENTIONS},
        "published": {"articles", *MENTIONS},
    }


def test_every_table_shows_its_columns_before_it_is_ever_made() -> None:
    graph = build_defs().get_repository_def().asset_graph
    for table in ("articles", *MENTIONS):
        schema = graph.get(dg.AssetKey(table)).metadata["dagster/column_schema"]
        assert [column.name for column in schema.columns] == [column.name for column in derive.columns(table)]


def test_the_definitions_load_as_dagster_loads_them() -> None:
    dg.Definitions.validate_loadable(defs())
