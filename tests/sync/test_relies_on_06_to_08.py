"""What a write may rely on: unfindable effects, updates, batches."""

import pytest

# 6. Unfindable effects


def mailing(make_world, accident, **how):
    world = make_world(mail=True, **how)
    world.shop.sell("S1", 100)
    world.books.accidents.coming = ["", accident]
    world.ok()
    return world


def test_06_an_effect_nobody_can_look_up_goes_once(make_world):
    world = mailing(make_world, "")
    world.wait()
    world.shop.sell("S1", 130)
    world.rest()
    assert world.books.mails == ["D1"]


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
def test_06_unknown_becomes_asked_never_superseded(make_world, accident):
    world = mailing(make_world, accident)
    assert [(item.what, item.choices) for item in world.attention()] == [
        ("asked", ("arrived", "send_again", "skip"))
    ]
    world.shop.sell("S1", 130)
    world.wait()
    world.ok()
    world.check()  # it holds up its own lane only: the document is amended
    assert [entry.state.value for entry in world.entries("S1") if entry.step_name == "mail"] == ["asked"]


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
@pytest.mark.parametrize(("choice", "more"), [("arrived", 0), ("send_again", 1), ("skip", 0)])
def test_06_the_answers(make_world, accident, choice, more):
    world = mailing(make_world, accident)
    mails = len(world.books.mails)
    world.answer(choice)
    assert not world.attention()
    world.rest()
    world.wait()
    world.shop.sell("S1", 1)
    world.rest()
    assert len(world.books.mails) == mails + more


def test_06_killed_while_it_is_sent_it_is_asked_about(make_world):
    for point in ("before mail", "after write"):
        world = make_world(mail=True)
        world.shop.sell("S1", 100)
        if point == "after write":
            world.ok()
            world = make_world(mail=True)
            world.shop.sell("S1", 100)
        world.die_at("before mail")
        world.wait()
        world.ok()
        assert [item.code for item in world.attention()] == ["outcome.cannot_tell"]
        assert len(world.books.mails) <= 1


# 7. Updates


def test_07_a_conflict_is_planned_anew_at_the_next_generation(make_world):
    world = make_world()
    world.shop.sell("S1", 100)
    world.ok()
    world.wait()
    world.books.edit("D1", amount=90)
    world.shop.sell("S1", 130)
    world.ok()
    world.check()
    first, second = world.entries("S1")[1:]
    assert (first.state.value, first.code) == ("superseded", "books.changed")
    assert (second.state.value, second.revision, second.generation) == ("done", 2, 2)


def test_07_a_conflict_with_what_the_source_says_already_writes_nothing(make_world):
    world = make_world()
    world.shop.sell("S1", 100)
    world.ok()
    world.wait()
    world.books.edit("D1", amount=130)
    world.shop.sell("S1", 130)
    world.ok()
    assert not [call for call in world.books.calls if call.startswith("amend")]
    world.rest()
    world.check()


def test_07_a_document_that_is_edited_again_and_again_ends_the_run_not_the_program(make_world):
    world = make_world()
    world.shop.sell("S1", 100)
    world.ok()
    world.wait()
    world.shop.sell("S1", 130)
    get, edits = world.books.get, iter(range(1, 100))

    def edited(key):
        world.books.edit(key, amount=next(edits))
        return get(key)

    world.books.get = edited
    world.ok()
    world.books.get = get
    world.rest()
    world.check()


def test_07_a_reversal_is_of_what_is_there_not_of_what_was_sent(make_world):
    world = make_world(style="reverse")
    world.shop.sell("S1", 100)
    world.ok()
    world.wait()
    world.books.edit("D1", amount=90)
    world.shop.sell("S1", 130)
    world.rest()
    assert {paper.mark: paper.amount for paper in world.books.papers()} == {
        "S1/1": 90,
        "S1/1R": -90,
        "S1/2": 130,
    }


# 8. Batches


def batching(make_world, **how):
    world = make_world(**how)
    world.adjust = lambda flow: setattr(flow, "batch", 4)
    for number in range(1, 7):
        world.shop.sell(f"S{number}", number)
    return world


def test_08_results_per_document(make_world):
    world = batching(make_world)
    world.books.refusing.add("S2/1")
    world.ok()
    assert [call for call in world.books.calls if call.startswith("batch")] == ["batch of 4", "batch of 2"]
    assert world.states() == ["done", "stopped", "done", "done", "done", "done"]
    assert len({entry.batch for entry in world.entries()}) == 2


def test_08_what_the_answer_leaves_out_is_unknown(make_world):
    world = batching(make_world, lag=40.0)
    world.books.accidents.coming = ["left_out"]
    world.ok()
    assert world.states("S4") == ["unknown"]
    world.rest()
    world.check()


def test_08_a_batch_refused_as_a_whole_is_sent_again_one_by_one(make_world):
    world = batching(make_world)
    world.books.refusing |= {"S3/1!", "S3/1"}
    world.ok()
    assert sum(call.startswith("make") for call in world.books.calls) == 4
    assert world.states() == ["done", "done", "stopped", "done", "done", "done"]


def test_08_never_two_of_one_lane_in_one_batch(make_world):
    world = batching(make_world, style="reverse")
    world.ok()
    world.wait()
    for number in range(1, 5):
        world.shop.sell(f"S{number}", 10 * number)
    seen = []
    write_many = world.make_flows()[0].write_many

    def joins(flow):
        flow.batch = 4
        flow.joins = lambda step: True
        own = flow.write_many
        flow.write_many = lambda steps, keys, batch: (
            seen.append([step.lane for step in steps]) or own(steps, keys, batch)
        )

    assert write_many is not None
    world.adjust = joins
    world.ok()
    assert seen
    assert all(len(lanes) == len(set(lanes)) for lanes in seen)
    world.rest()
    assert world.books.total("S4") == 40


def test_08_a_lost_answer_to_a_batch_is_looked_for_document_by_document(make_world):
    for accident in ("lost_before", "lost_after"):
        world = batching(make_world, lag=40.0)
        world.books.accidents.coming = [accident]
        world.ok()
        world.rest()
        world.check()


def test_08_a_result_that_ends_the_run_ends_it(make_world):
    from bridge_gui.errors import Passing, SignInError

    for error in (Passing("http.too_many", retry_after=30.0), SignInError("signin.refused", vendor="books")):
        world = batching(make_world)
        many = world.books.make_many

        def answered(wanted, many=many, error=error):
            return many(wanted) | {0: error}

        world.books.make_many = answered
        done = world.run()
        assert done.outcome.value in ("paused", "failed")
        assert len([call for call in world.books.calls if call.startswith("batch")]) == 1
