"""What the routes of one application share."""

from dataclasses import dataclass
from typing import Self

from starlette.requests import Request

from app.settings import Settings
from app.web.data_sets import DataSets
from app.web.loading import Loading
from app.web.pages.assets import Assets
from app.web.progress import Progress
from app.web.training_runs import TrainingRuns
from app.web.walls.traffic import Traffic
from app.web.workers import Workers


@dataclass(frozen=True, slots=True, eq=False)
class Services:
    """The settings, and everything that is made from them once."""

    settings: Settings
    assets: Assets
    loading: Loading
    traffic: Traffic
    workers: Workers
    progress: Progress
    runs: TrainingRuns
    data: DataSets

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The services of these settings; nothing is loaded and no thread runs yet."""
        runs, progress = TrainingRuns(settings), Progress()
        return cls(
            settings=settings,
            assets=Assets(settings.static_dir, reload=settings.reload),
            loading=Loading(settings, runs),
            traffic=Traffic(),
            workers=Workers(settings.work_threads, settings.max_jobs_waiting),
            progress=progress,
            runs=runs,
            data=DataSets(settings, progress),
        )


def services_of(request: Request) -> Services:
    """The services of the application that a request came to."""
    services: Services = request.app.state.services
    return services
