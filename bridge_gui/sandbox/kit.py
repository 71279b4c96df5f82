"""What a vendor's simulator builds on, under one name."""

from bridge_gui.sandbox.clock import Clock, Now, instant, utcnow
from bridge_gui.sandbox.documents import Held, exact, positive, written
from bridge_gui.sandbox.faults import Fault, FaultBook, Match
from bridge_gui.sandbox.gate import Cut
from bridge_gui.sandbox.post import Post
from bridge_gui.sandbox.replica import Replica
from bridge_gui.sandbox.requests_log import graphql_label, plain_label
from bridge_gui.sandbox.settings import Settings
from bridge_gui.sandbox.simulator import Act, Refusal, Route, Simulator, answer
from bridge_gui.sandbox.state import Condition, Doc, State, StateInUse, Table

__all__ = [
    "Act",
    "Clock",
    "Condition",
    "Cut",
    "Doc",
    "Fault",
    "FaultBook",
    "Held",
    "Match",
    "Now",
    "Post",
    "Refusal",
    "Replica",
    "Route",
    "Settings",
    "Simulator",
    "State",
    "StateInUse",
    "Table",
    "answer",
    "exact",
    "graphql_label",
    "instant",
    "plain_label",
    "positive",
    "utcnow",
    "written",
]
