"""Promise 1: reading a page twice, or a file twice, plans nothing new."""


def test_reading_a_page_twice_plans_nothing_new(world):
    for number in range(5):
        world.shop.sell(f"S{number}", 100 + number)
    world.ok()
    world.check()
    before = (len(world.entries()), world.books.writes(), world.source("S0"))
    world.wait()
    again = world.ok()
    assert (again.read, again.written) == (5, 0)
    assert (len(world.entries()), world.books.writes(), world.source("S0")) == before


def test_a_second_run_asks_the_vendors_only_for_what_is_new(world):
    world.shop.sell("S1", 100)
    world.ok()
    world.wait()
    world.shop.calls.clear()
    world.books.calls.clear()
    world.ok()
    assert (world.shop.calls, world.books.calls) == (["list"], [])
