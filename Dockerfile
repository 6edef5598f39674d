# The program alone, from its wheel: `docker build -t jobfirst .`; how it is run: docs/operations.md, "In a container".
FROM python:3.13-slim AS build
RUN pip install --no-cache-dir "uv>=0.9"
WORKDIR /src
COPY . .
# `--build-arg JOBFIRST_COMMIT=$(git rev-parse HEAD)`: what `jobfirst --version` shows.
ARG JOBFIRST_COMMIT=
# The lock names every version, and the hash of every file.
RUN uv build --quiet --wheel --out-dir /dist \
 && uv venv --quiet /opt/jobfirst \
 && uv pip install --quiet --no-cache --compile-bytecode --python /opt/jobfirst --constraint requirements.lock /dist/*.whl

FROM python:3.13-slim
# ssh-keygen verifies the approvers' signatures (docs/releasing.md).
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openssh-client \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --create-home jobfirst
COPY --from=build /opt/jobfirst /opt/jobfirst
ENV PATH=/opt/jobfirst/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001
# All that is written lies here: `--read-only` may be given besides.
WORKDIR /home/jobfirst
VOLUME /home/jobfirst
EXPOSE 4300
# Healthy: the page answers where it is what runs, and for any other command that the program starts.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "-c", "import urllib.request as r; b'\\0web\\0' in open('/proc/1/cmdline', 'rb').read() and r.urlopen('http://127.0.0.1:4300/sundhed', timeout=5)"]
ENTRYPOINT ["jobfirst"]
CMD ["--help"]
