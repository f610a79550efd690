"""The locked Prefect, FastAPI and Starlette hold together: the ephemeral server starts, runs a flow and knows of it.

Prefect costs five seconds to import and is imported by the one test that wants it, not by every worker that collects.
"""

import asyncio

# A cold server costs 10 to 20 s on two cores alone, and the tests beside this one take a core.
PATIENCE_SECONDS = 120


def test_the_ephemeral_server_runs_a_flow_and_remembers_it() -> None:
    from prefect import flow, task
    from prefect.testing.utilities import prefect_test_harness

    @task
    def doubled(batch: list[int]) -> list[int]:
        return [2 * number for number in batch]

    @flow(name="locks-hold")
    def locks_hold() -> list[int]:
        return doubled([1, 2])

    with prefect_test_harness(server_startup_timeout=PATIENCE_SECONDS):
        assert locks_hold() == [2, 4]
        assert asyncio.run(states_on_the_server()) == [("locks-hold", "Completed")]


async def states_on_the_server() -> list[tuple[str, str | None]]:
    """Flow name and state name of every run that the server knows, over its own API."""
    from prefect import get_client

    async with get_client() as client:
        runs = await client.read_flow_runs()
        flows = {found.id: found.name for found in await client.read_flows()}
    return [(flows[run.flow_id], run.state_name) for run in runs]
