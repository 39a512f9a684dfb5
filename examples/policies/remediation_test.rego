package ci_medic.remediation_test

import data.ci_medic.remediation

failure := {
	"action": "rerun",
	"category": "flaky_test",
	"confidence": 0.9,
	"transient": 0.7,
	"branch": "main",
	"hour": 10,
	"change_freeze": {"active": false},
	"entity": {"ref": "component:default/shop", "kind": "component", "tier": "3", "lifecycle": "production"},
	"cost": {"minutes": 4},
}

low_tiers := {"tiers": ["3"]}

with_changes(changes) := object.union(failure, changes)

test_a_person_has_to_want_it_by_default if {
	answer := remediation.decision with input as failure
	answer.allow
	answer.mode == "suggest"
	answer.approvals == 1
	answer.reasons == ["Tier 3 is not among those with automatic actions"]
}

test_reruns_of_low_tiers_are_automatic_where_data_says_so if {
	answer := remediation.decision with input as failure with data.settings.automatic as low_tiers
	answer == {
		"allow": true,
		"mode": "automatic",
		"approvals": 0,
		"reasons": ["The policy lets it happen without a person"],
	}
}

test_other_tiers_stay_with_people if {
	important := with_changes({"entity": {"tier": "1"}})
	answer := remediation.decision with input as important with data.settings.automatic as low_tiers
	answer.mode == "suggest"
}

test_only_reruns_are_automatic if {
	every action in ["fresh-runner", "rebuild", "rollback", "canary", "advise"] {
		answer := remediation.decision with input as with_changes({"action": action})
			with data.settings.automatic as low_tiers
		answer.mode == "suggest"
	}
}

test_code_and_unknown_failures_stay_with_people if {
	every category in ["code", "configuration", "unknown"] {
		answer := remediation.decision with input as with_changes({"category": category})
			with data.settings.automatic as low_tiers
		answer.mode == "suggest"
	}
}

test_doubtful_diagnoses_stay_with_people if {
	answer := remediation.decision with input as with_changes({"confidence": 0.79})
		with data.settings.automatic as low_tiers
	answer.mode == "suggest"
	answer.reasons == ["The confidence 0.79 is under 0.8"]
}

test_nothing_is_automatic_outside_of_working_hours if {
	answer := remediation.decision with input as with_changes({"hour": 3})
		with data.settings.automatic as object.union(low_tiers, {"hours": {"from": 8, "to": 18}})
	answer.mode == "suggest"
}

test_rollback_in_production_takes_two if {
	answer := remediation.decision with input as with_changes({"action": "rollback", "environment": "production"})
	answer.allow
	answer.approvals == 2
}

test_a_freeze_stops_all_but_going_back if {
	freeze := {"change_freeze": {"active": true, "reason": "year end"}}
	no := remediation.decision with input as with_changes(freeze)
	not no.allow
	no.reasons == ["Changes are frozen: year end"]
	back := remediation.decision with input as with_changes(object.union(freeze, {"action": "rollback"}))
	back.allow
}

test_unknown_actions_are_refused if {
	answer := remediation.decision with input as with_changes({"action": "format-disk"})
	not answer.allow
}

test_what_is_not_known_is_refused if {
	every missing in ["action", "category", "confidence", "entity", "change_freeze", "hour"] {
		answer := remediation.decision with input as object.remove(failure, [missing])
		not answer.allow
	}
	nothing := remediation.decision with input as {}
	not nothing.allow
}

test_what_costs_too_much_is_refused if {
	answer := remediation.decision with input as with_changes({"cost": {"minutes": 500}})
	not answer.allow
}
