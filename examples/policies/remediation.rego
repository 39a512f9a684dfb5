# Whether CI Medic may do something about a failure, and how far it goes by
# itself. The guardrails in its code come before this, and people after it.
#
# What may be done without a person is said by data, so that nobody has to
# compile anything for it:
#
#   data.settings.automatic.tiers       ["3"]     tiers of services
#   data.settings.automatic.confidence  0.8       least confidence
#   data.settings.automatic.branches    ["main"]  none means any
#   data.settings.automatic.hours       {"from": 8, "to": 18}
package ci_medic.remediation

# METADATA
# entrypoint: true
decision := {
	"allow": allow,
	"mode": mode,
	"approvals": approvals,
	"reasons": reasons,
}

actions := {"rerun", "fresh-runner", "return-runner", "rebuild", "rollback", "canary", "advise"}

transient := {"flaky_test", "infrastructure", "dependency"}

default allow := false

allow if {
	is_complete
	count(refusals) == 0
}

# An answer is given only about what is wholly known.
is_complete if {
	is_string(input.action)
	is_string(input.category)
	is_number(input.confidence)
	is_string(input.entity.ref)
	is_string(input.entity.kind)
	is_boolean(input.change_freeze.active)
	is_number(input.hour)
}

refusals contains "Something is not known of the failure or the entity" if not is_complete

refusals contains sprintf("The policy knows no action %v", [input.action]) if not input.action in actions

# Going back to what worked is what one may need most during a freeze.
refusals contains sprintf("Changes are frozen: %v", [input.change_freeze.reason]) if {
	input.change_freeze.active
	not input.action in {"rollback", "return-runner", "advise"}
}

refusals contains "What is deprecated is not deployed again" if {
	input.action == "rollback"
	input.entity.lifecycle == "deprecated"
}

refusals contains sprintf("It costs %v runner minutes, more than 240", [input.cost.minutes]) if {
	input.cost.minutes > 240
}

default mode := "suggest"

mode := "automatic" if {
	allow
	count(doubts) == 0
}

# Why a person has to want it.
doubts contains "Only reruns are automatic" if input.action != "rerun"

doubts contains sprintf("Tier %v is not among those with automatic actions", [tier]) if not tier in automatic_tiers

doubts contains sprintf("Failures of the category %v do not pass by themselves", [input.category]) if {
	not input.category in transient
}

doubts contains sprintf("The confidence %v is under %v", [input.confidence, least_confidence]) if {
	input.confidence < least_confidence
}

doubts contains sprintf("Nothing is automatic on the branch %v", [object.get(input, "branch", "?")]) if {
	count(automatic_branches) > 0
	not object.get(input, "branch", "?") in automatic_branches
}

doubts contains sprintf("It is outside of the hours from %v to %v", [hours.from, hours.to]) if {
	hours := data.settings.automatic.hours
	not within(hours)
}

within(hours) if {
	input.hour >= hours.from
	input.hour < hours.to
}

tier := object.get(input.entity, "tier", "?")

default automatic_tiers := []

automatic_tiers := data.settings.automatic.tiers

default automatic_branches := []

automatic_branches := data.settings.automatic.branches

default least_confidence := 0.8

least_confidence := data.settings.automatic.confidence

default approvals := 1

approvals := 0 if {
	mode == "automatic"
}

approvals := 2 if {
	input.action == "rollback"
	input.environment == "production"
}

reasons := sort(refusals) if not allow

reasons := sort(doubts) if {
	allow
	mode != "automatic"
}

reasons := ["The policy lets it happen without a person"] if mode == "automatic"
