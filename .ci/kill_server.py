#!/usr/bin/python3
"""Kills a server with SIGKILL while it trains, publishes, promotes and writes, and looks at what is left.

After each kill the server starts again on the same home and must: have kept every acknowledged interaction, serve the old
or the new version, hold a home that verifies, and have left no child process behind.
Before the first kill a client that has only reflection asks for services, health and recommendations.
Usage: kill_server.py DISTRIBUTION [ROUNDS] [SEED]
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import grpc

import generic_client
from generic_client import Client

MODEL, DATASET = "films", "films"
MODELS, TRAINING = "latent.v1.ModelService", "latent.v1.TrainingService"
INTERACTIONS, RECOMMENDER = "latent.v1.InteractionService", "latent.v1.RecommenderService"


class Server:
    """A server process on a home; ports are free ones."""

    def __init__(self, latent, home):
        self.latent, self.home = latent, home
        self.start()

    def start(self):
        command = [self.latent, "serve", "--home", self.home, "--grpc-port", "0", "--http-port", "0"]
        log = open(os.path.join(self.home, "server.log"), "ab")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("ready "), f"the server did not start: {line!r}"
        self.target = line.split("grpc=")[1].split()[0]
        self.pid = int(line.split("pid=")[1].split()[0])
        self.client = Client(self.target)
        for service in (MODELS, TRAINING, INTERACTIONS, RECOMMENDER):
            self.client.learn(file_containing_symbol=service)

    def call(self, service, method, /, **fields):
        return self.client.call(service, method, **fields)

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self):
        os.kill(self.pid, signal.SIGTERM)
        assert self.process.wait(30) in (0, 143), "the server did not stop cleanly"

    def children(self):
        found = subprocess.run(["pgrep", "-f", "RunProcess.*" + self.home], capture_output=True, text=True)
        return found.stdout.split()


def check_after_restart(server, allowed_versions):
    deadline = time.time() + 5
    while server.children() and time.time() < deadline:
        time.sleep(0.05)
    assert not server.children(), f"children left behind: {server.children()}"
    verified = subprocess.run(
        [server.latent, "verify", "--offline", "--home", server.home], capture_output=True, text=True
    )
    assert verified.returncode == 0, verified.stdout + verified.stderr
    server.start()
    answer = server.call(RECOMMENDER, "Recommend", model=MODEL, user_id="1", k=5)
    assert answer["version"] in allowed_versions, (answer["version"], allowed_versions)
    assert len(answer["recommendations"]) == 5


def names(server):
    listed = server.call(MODELS, "ListModelVersions", model=MODEL)
    return {version["name"] for version in listed.get("versions", []) if version["state"] == "STATE_READY"}


def live(server):
    return server.call(RECOMMENDER, "Recommend", model=MODEL, user_id="1", k=1)["version"]


def start_run(server, **hyperparameters):
    return server.call(
        TRAINING, "StartRun", model=MODEL, dataset=DATASET, algorithm="wals", hyperparameters=hyperparameters
    )["run"]["id"]


def wait_for_run(server, run):
    while True:
        state = server.call(TRAINING, "GetRun", id=run)["run"]["state"]
        if state not in ("STATE_QUEUED", "STATE_RUNNING"):
            return state
        time.sleep(0.05)


def kill_in_training(server, delay):
    before = live(server)
    run = start_run(server, factors="64", iterations="1000")
    time.sleep(delay)
    server.kill()
    check_after_restart(server, {before})
    state = server.call(TRAINING, "GetRun", id=run)["run"]["state"]
    assert state == "STATE_FAILED", state


def kill_in_publish(server, delay):
    before, known = live(server), names(server)
    runs = [start_run(server, factors="8", iterations="1") for _ in range(3)]
    time.sleep(delay)
    server.kill()
    check_after_restart(server, {before})
    assert known <= names(server), "a version is gone"
    for run in runs:
        described = server.call(TRAINING, "GetRun", id=run)["run"]
        published = described.get("version", "")
        assert not published or published in names(server), described


def kill_in_promote(server, delay):
    versions = sorted(names(server), key=lambda name: int(name.split("@")[1]))[-2:]
    promoted, asked = [live(server)], [live(server)]

    def promote():
        try:
            for turn in range(10_000):
                asked.append(versions[turn % 2])
                server.call(MODELS, "PromoteModelVersion", name=versions[turn % 2], actor="kill test")
                promoted.append(versions[turn % 2])
        except grpc.RpcError:
            pass

    thread = threading.Thread(target=promote)
    thread.start()
    time.sleep(delay)
    server.kill()
    thread.join(10)
    check_after_restart(server, {promoted[-1], asked[-1]})


def kill_in_write(server, delay, round):
    user = f"writer-{round}"
    acknowledged = [0]
    request_type = server.client.type("latent.v1.WriteInteractionsRequest")
    response_type = server.client.type("latent.v1.WriteInteractionsResponse")
    per_message = 16

    def requests():
        for sequence in range(1, 1_000_000):
            request = request_type(dataset=DATASET, sequence=sequence)
            for index in range(per_message):
                request.interactions.add(user_id=user, item_id=f"{sequence}-{index}", value=1)
            yield request

    stream = server.client.channel.stream_stream(
        f"/{INTERACTIONS}/WriteInteractions",
        request_serializer=lambda message: message.SerializeToString(),
        response_deserializer=response_type.FromString,
    )

    def write():
        try:
            for response in stream(requests()):
                acknowledged[0] = response.acknowledged_sequence
        except grpc.RpcError:
            pass

    thread = threading.Thread(target=write)
    thread.start()
    time.sleep(delay)
    server.kill()
    thread.join(10)
    check_after_restart(server, names_of_live(server))
    kept = read_all(server, user)
    for sequence in range(1, acknowledged[0] + 1):
        for index in range(per_message):
            assert f"{sequence}-{index}" in kept, f"acknowledged interaction {sequence}-{index} of {user} is lost"
    assert len(kept) % per_message == 0, "a message was written in part"
    return acknowledged[0] * per_message


def names_of_live(server):
    versions = os.listdir(os.path.join(server.home, "models", MODEL, "versions"))
    return {f"{MODEL}@{version}" for version in versions if version.isdigit()}


def read_all(server, user):
    kept, token = set(), ""
    while True:
        try:
            page = server.call(
                INTERACTIONS, "ReadInteractions", dataset=DATASET, user_id=user, page_size=10_000, page_token=token
            )
        except grpc.RpcError as error:
            assert error.code() == grpc.StatusCode.NOT_FOUND, error
            return kept
        kept |= {interaction["item_id"] for interaction in page.get("interactions", [])}
        token = page.get("next_page_token", "")
        if not token:
            return kept


def main(distribution, rounds="3", seed="1"):
    draw = random.Random(int(seed))
    home = tempfile.mkdtemp(prefix="latent-kill-")
    latent = os.path.join(distribution, "bin", "latent")
    server = Server(latent, home)
    try:
        sample = os.path.join(home, "sample")
        environment = dict(os.environ, LATENT_SERVER=server.target)
        subprocess.run([latent, "sample", sample], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([latent, "import", DATASET, sample], check=True, env=environment, stdout=subprocess.DEVNULL)
        for _ in range(2):
            assert wait_for_run(server, start_run(server, factors="8", iterations="2")) == "STATE_SUCCEEDED"
        server.call(MODELS, "PromoteModelVersion", name=f"{MODEL}@1")
        generic_client.main(server.target, MODEL, "1")
        kept = 0
        for round in range(int(rounds)):
            kill_in_training(server, draw.uniform(0.2, 3))
            kill_in_publish(server, draw.uniform(0.2, 4))
            kill_in_promote(server, draw.uniform(0.1, 2))
            kept += kill_in_write(server, draw.uniform(0.2, 2), round)
            print(f"round {round + 1}: 4 kills survived, {kept} acknowledged interactions kept so far", flush=True)
        server.stop()
    except BaseException:
        print(f"failed with seed {seed}; the home is kept: {home}", file=sys.stderr)
        if server.process.poll() is None:
            server.kill()
        raise
    shutil.rmtree(home)


if __name__ == "__main__":
    main(*sys.argv[1:])
