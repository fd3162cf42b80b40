# Convoscope in a container: `docker build -t convoscope .`, then
# `docker run --rm -p 127.0.0.1:8000:8000 convoscope` and http://127.0.0.1:8000.
# To answer under a name of your own, add `-e CONVOSCOPE_ALLOWED_HOSTS=convoscope.example`.

FROM python:3.13-slim

# Which releases of PyTorch pip takes is pip's own setting: build with
# `--build-arg PIP_EXTRA_INDEX_URL=…` to take the smaller processor-only ones.
ARG PIP_EXTRA_INDEX_URL=""
ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

WORKDIR /srv/convoscope

# The libraries first: they change seldom, and their layer is the large one.
COPY pyproject.toml README.md LICENSE ./
COPY app/__init__.py app/
COPY static/js/vendor/LICENSES.md static/js/vendor/
RUN pip install --editable .

COPY app app
COPY static static
COPY templates templates
COPY models models

RUN useradd --system --create-home --home-dir /var/lib/convoscope convoscope
USER convoscope
ENV CONVOSCOPE_HOST=0.0.0.0 \
    CONVOSCOPE_PORT=8000 \
    CONVOSCOPE_DATA_DIR=/var/lib/convoscope

EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/api/v1/ready', timeout=4)"]

CMD ["python", "-m", "app", "serve"]
