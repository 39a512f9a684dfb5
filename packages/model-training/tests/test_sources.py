import gzip
import json

from failure_classifier.card import card_of
from failure_classifier.exported_labels import read_exported_labels
from failure_classifier.public_sets import read_public_sets
from failure_classifier.recordings import read_recordings
from made_up import failures


def test_public_sets_are_read_where_they_are(tmp_path):
    assert read_public_sets(tmp_path) == []
    rows = [
        {"id": 1, "path": "a.gz", "job_name": "security", "created_at": "2024-01-01",
         "ground_truth": {"intermittent": False}},
        {"id": 2, "path": "b.gz", "job_name": "build", "created_at": "2024-01-02",
         "ground_truth": {"intermittent": True}},
    ]
    (tmp_path / "veloren.jsonl").write_text("\n".join(map(json.dumps, rows)))
    first, second = read_public_sets(tmp_path)
    assert (first.category, first.transient) == ("dependency", False)
    assert (second.category, second.transient) == ("infrastructure", True)
    assert first.case == {"path": "a.gz"}


def test_recordings_that_passed_teach_nothing(tmp_path):
    fragment = {"stack": "node", "command": "npm ci", "lines": [[3, "npm error"]]}
    path = tmp_path / "fragments.json.gz"
    path.write_bytes(
        gzip.compress(
            json.dumps(
                [
                    {**fragment, "cause": "pass", "exitCode": 0},
                    {**fragment, "cause": "network-dns", "exitCode": 1},
                    {**fragment, "cause": "never heard of", "exitCode": 1},
                ]
            ).encode()
        )
    )
    (row,) = read_recordings(path)
    assert (row.category, row.transient) == ("infrastructure", True)
    assert "npm error" in row.case["log"]
    assert row.case["exit_codes"] == [1]


def test_labels_of_people(tmp_path):
    path = tmp_path / "labels.jsonl"
    rows = [
        {"id": "1", "log": "x", "category": "code", "transient": False, "at": "2026-01-01"},
        {"id": "2", "log": "x", "category": "unknown"},
        {"id": "3", "category": "code"},
    ]
    path.write_text("\n".join(map(json.dumps, rows)) + "\n")
    (label,) = read_exported_labels(path)
    assert (label.id, label.category) == ("labels/1", "code")


def test_the_card_names_its_figures_with_their_basis():
    figure = {"value": 0.8, "n": 10, "low": 0.5, "high": 0.94}
    card = card_of(
        "1",
        "2026-01-01T00:00:00+00:00",
        {
            "by_project": {"category": figure, "calibration_error": 0.05},
            "newest_third": {"transient_f1": figure},
        },
        failures(),
    )
    assert "0.8 (95 % 0.5 to 0.94, n = 10)" in card
    assert "made-up: 90 failures" in card


