"""The counters in Prometheus' text format; its library is imported when somebody first asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from starlette.responses import Response

from app.web.walls.traffic import Traffic
from app.web.workers import Workers

if TYPE_CHECKING:
    from prometheus_client.core import Metric


def exposition(traffic: Traffic, workers: Workers) -> Response:
    """The counters of now."""
    from prometheus_client import CollectorRegistry, ProcessCollector
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(_Counters(traffic, workers))
    headers = {"content-type": CONTENT_TYPE_PLAIN_0_0_4, "cache-control": "no-store"}
    return Response(generate_latest(registry), headers=headers)


class _Counters:
    """Our sums as Prometheus knows them."""

    def __init__(self, traffic: Traffic, workers: Workers) -> None:
        self.traffic = traffic
        self.workers = workers

    def collect(self) -> Iterator[Metric]:
        """Requests and seconds by operation, and the jobs that are not finished."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        labels = ["method", "operation", "status"]
        requests = CounterMetricFamily("convoscope_requests", "Requests answered.", labels=labels)
        seconds = CounterMetricFamily(
            "convoscope_request_seconds", "Seconds until the answer began.", labels=labels
        )
        for key, count in list(self.traffic.counts.items()):
            values = [key.method, key.operation, str(key.status)]
            requests.add_metric(values, count.requests)
            seconds.add_metric(values, count.seconds)
        unfinished = GaugeMetricFamily("convoscope_jobs", "Jobs waiting or being computed.")
        unfinished.add_metric([], self.workers.unfinished)
        yield from (requests, seconds, unfinished)
