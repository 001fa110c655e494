"""Calls every method of FATE's FlowClient and writes what each gave, by its name.

Arguments: a JSON object with what to ask for, and the file for the results.
"""
import json
import sys
import time
from urllib.parse import urlsplit

from flow_sdk.client import FlowClient

asked = json.loads(sys.argv[1])
url = urlsplit(asked["url"])
client = FlowClient(url.hostname, url.port, "v1")
answers = {}


def note(name, answer):
    answers[name] = answer
    return answer


def ended(job_id):
    while True:
        rows = client.job.query(job_id=job_id)["data"]
        statuses = {row["f_status"] for row in rows}
        if rows and statuses <= {"success", "failed", "canceled", "timeout"}:
            return statuses.pop()
        time.sleep(0.1)


upload = {
    "file": asked["file"], "head": 1, "partition": 1,
    "namespace": "sdk", "table_name": "small",
}
note("data.upload", client.data.upload(upload, verbose=1, drop=1))
note("data.upload end", ended(answers["data.upload"]["jobId"]))
note("data.upload_history", client.data.upload_history(limit=1))
note("data.download", client.data.download(
    {"namespace": "sdk", "table_name": "small", "output_path": asked["folder"] + "/no.csv"}))
note("table.info", client.table.info("sdk", "small"))
note("table.bind", client.table.bind(
    engine="PATH", name="bound", namespace="sdk", address={"path": asked["bound"]},
    head=1, partitions=1, id_delimiter=",", drop=1))
note("table.delete", client.table.delete("sdk", "bound"))
note("table.delete again", client.table.delete("sdk", "bound"))

submitted = note("job.submit", client.job.submit(asked["conf"], asked["dsl"]))
job = submitted["jobId"]
note("job.submit end", ended(job))
model = submitted["data"]["model_info"]
guest = {"job_id": job, "role": "guest", "party_id": 9999}
lr = dict(guest, component_name="lr_0")
note("job.list", client.job.list(limit=2))
note("job.view", client.job.view(**guest))
note("job.query", client.job.query(**guest))
note("job.config", client.job.config(output_path=asked["folder"], **guest))
note("job.log", client.job.log(job, asked["folder"]))
note("job.generate_dsl", client.job.generate_dsl(json.dumps(asked["dsl"]), ["transform_0", "lr_0"]))
note("job.stop", client.job.stop(job))
note("task.list", client.task.list(limit=2))
note("task.query", client.task.query(component_name="lr_0", **guest))
note("queue.clean", client.queue.clean())
note("component.list", client.component.list(job))
evaluation = dict(guest, component_name="evaluation_0")
note("component.metrics", client.component.metrics(**evaluation))
note("component.metric_all", client.component.metric_all(**evaluation))
note("component.parameters", client.component.parameters(**lr))
note("component.output_model", client.component.output_model(**lr))
note("component.output_data_table", client.component.output_data_table(**lr))
note("component.output_data", client.component.output_data(output_path=asked["folder"], limit=7, **lr))
note("component.get_summary", client.component.get_summary(**lr))

note("tag.create", client.tag.create("sdk tag", "first"))
note("tag.query", client.tag.query("sdk tag"))
note("tag.update", client.tag.update("sdk tag", "sdk new", "second"))
note("model.tag_model", client.model.tag_model(job, "sdk new"))
note("model.tag_list", client.model.tag_list(job))
note("model.tag_model remove", client.model.tag_model(job, "sdk new", remove=True))
note("tag.list", client.tag.list(limit=10))
note("tag.delete", client.tag.delete("sdk new"))
note("tag.query again", client.tag.query("sdk new"))

deployed = note("model.deploy", client.model.deploy(cpn_list=["transform_0", "lr_0"], **model))
version = {key: deployed["data"][key] for key in ("model_id", "model_version")}
note("model.get_predict_dsl", client.model.get_predict_dsl(**version))
note("model.get_predict_conf", client.model.get_predict_conf(**version))
note("model.get_model_info", client.model.get_model_info(role="guest", party_id=9999, **version))
serving = {
    "initiator": asked["conf"]["initiator"], "role": asked["conf"]["role"],
    "job_parameters": version, "service_id": "sdk",
}
note("model.load", client.model.load(serving))
note("model.bind", client.model.bind(serving))
at = dict(version, role="guest", party_id=9999)
exported = note("model.export_model", client.model.export_model(dict(at, output_path=asked["folder"])))
note("model.import_model", client.model.import_model(dict(at, file=exported["file"], force_update=1)))
note("model.migrate", client.model.migrate(dict(
    version, migrate_initiator={"role": "guest", "party_id": 99},
    role=asked["conf"]["role"], execute_party=asked["conf"]["role"],
    migrate_role={"guest": [99], "host": [100], "arbiter": [100]},
    job_parameters={"federated_mode": "SINGLE"}, unify_model_version="sdk_1")))
note("model.homo_convert", client.model.homo_convert(at))
step = dict(at, component_name="lr_0")
note("checkpoint.list_checkpoints", client.checkpoint.list_checkpoints(**step))
note("checkpoint.get_checkpoint", client.checkpoint.get_checkpoint(step_index=0, **step))
note("component.metric_delete", client.component.metric_delete(job_id=job))
note("component.metrics again", client.component.metrics(**evaluation))

for name in ("api", "fate", "fate_flow", "fate_board", "jdk", "eggroll"):
    note("remote_version." + name, getattr(client.remote_version, name)())
toy = note("test.toy", client.test.toy("9999", "10000"))
note("test.toy end", ended(toy["jobId"]))
log = client.job.log(toy["jobId"], asked["folder"])
note("test.check_toy", list(client.test.check_toy("9999", "success", log["directory"])))
note("privilege.query", client.privilege.query("9999", "guest"))

with open(sys.argv[2], "w") as out:
    json.dump(answers, out)
