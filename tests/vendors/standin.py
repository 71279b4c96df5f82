"""A vendor in a few lines: answers by method and path, in order, over a real socket."""

from __future__ import annotations

import json
import socket
from urllib.parse import parse_qs, urlsplit

from tests.web.toys import Act, Bench, Received, Toy, answer


class Standin:
    """`on` says what to answer; `seen` has what was asked, by "METHOD /path"."""

    def __init__(self) -> None:
        self._acts: dict[str, list[Act]] = {}
        self.seen: list[tuple[str, Received]] = []
        self.toy = Toy([self._act])
        self.bench = Bench(self.toy.base)

    def on(self, place: str, *bodies: object) -> Standin:
        """Answers for one place: an act, or JSON; the last again and again."""
        self._acts[place] = [body if callable(body) else said(body) for body in bodies]
        return self

    def asked(self, place: str) -> list[Received]:
        """The requests to one place."""
        return [received for where, received in self.seen if where == place]

    def queries(self, place: str) -> list[dict[str, str]]:
        """The query parameters of the requests to one place."""
        return [
            {key: values[0] for key, values in parse_qs(urlsplit(received.target).query).items()}
            for received in self.asked(place)
        ]

    def bodies(self, place: str) -> list[dict]:
        """The JSON bodies of the requests to one place."""
        return [json.loads(received.body) for received in self.asked(place)]

    def close(self) -> None:
        self.bench.wire.transport.close()
        self.toy.close()

    def _act(self, sock: socket.socket, received: Received) -> bool:
        place = f"{received.method} {urlsplit(received.target).path}"
        self.seen.append((place, received))
        acts = self._acts.get(place, [answer(404, b"")])
        return acts[min(len(self.asked(place)), len(acts)) - 1](sock, received)


def said(value: object, status: int = 200) -> Act:
    """A JSON answer."""
    return answer(status, json.dumps(value).encode(), {"Content-Type": "application/json"})


def plain(text: str, status: int) -> Act:
    """A plain-text answer."""
    return answer(status, text.encode(), {"Content-Type": "text/plain"})
