"""A script as users of FATE's Pipeline write it, from upload to prediction, and an old one.

Arguments: a JSON object with what to ask for, and the file for the results.
"""
import json
import sys

from pipeline.backend.pipeline import PipeLine
from pipeline.component import (DataIO, DataTransform, Evaluation, HeteroFeatureBinning,
                                HeteroFeatureSelection, HeteroLR, Intersection, Reader)
from pipeline.interface import Data, Model
from pipeline.runtime.entity import JobParameters

asked = json.loads(sys.argv[1])
seen = {}
GUEST, HOST = 9999, 10000
NAMESPACE = "scripts"


def table(name):
    return {"name": name, "namespace": NAMESPACE}


def reader(name):
    it = Reader(name=name)
    it.get_party_instance(role="guest", party_id=GUEST).component_param(table=table("guest"))
    it.get_party_instance(role="host", party_id=HOST).component_param(table=table("host"))
    return it


def roles(pipeline):
    return pipeline.set_initiator(role="guest", party_id=GUEST) \
        .set_roles(guest=GUEST, host=HOST, arbiter=HOST)


def upload():
    pipeline = roles(PipeLine())
    for name in ("guest", "host"):
        pipeline.add_upload_data(file=asked[name], table_name=name, namespace=NAMESPACE,
                                 head=1, partition=4)
    pipeline.upload(drop=1)
    seen["bind"] = pipeline.bind_table(name="bound", namespace=NAMESPACE, path=asked["guest"],
                                       head=1, partitions=1, id_delimiter=",")


def new_style():
    pipeline = roles(PipeLine())
    reader_0 = reader("reader_0")
    transform_0 = DataTransform(name="transform_0", output_format="dense")
    transform_0.get_party_instance(role="guest", party_id=GUEST).component_param(with_label=True)
    transform_0.get_party_instance(role="host", party_id=[HOST]).component_param(with_label=False)
    intersection_0 = Intersection(name="intersection_0", intersect_method="rsa",
                                  rsa_params={"key_length": 1024})
    binning_0 = HeteroFeatureBinning(name="binning_0", bin_num=5,
                                     encrypt_param={"key_length": 1024})
    selection_0 = HeteroFeatureSelection(
        name="selection_0", filter_methods=["iv_filter"],
        iv_param={"metrics": "iv", "filter_type": "threshold", "threshold": 0.1})
    lr_0 = HeteroLR(name="lr_0", optimizer="sgd", learning_rate=0.15, max_iter=3,
                    init_param={"init_method": "zeros"},
                    encrypt_param={"key_length": 1024})
    evaluation_0 = Evaluation(name="evaluation_0", eval_type="binary")
    evaluation_0.get_party_instance(role="host", party_id=HOST).component_param(need_run=False)
    pipeline.add_component(reader_0)
    pipeline.add_component(transform_0, data=Data(data=reader_0.output.data))
    pipeline.add_component(intersection_0, data=Data(data=transform_0.output.data))
    pipeline.add_component(binning_0, data=Data(data=intersection_0.output.data))
    pipeline.add_component(selection_0, data=Data(data=intersection_0.output.data),
                           model=Model(isometric_model=binning_0.output.model))
    pipeline.add_component(lr_0, data=Data(train_data=selection_0.output.data))
    pipeline.add_component(evaluation_0, data=Data(data=lr_0.output.data))
    pipeline.compile()
    pipeline.fit(JobParameters(task_cores=1, timeout=600))
    seen["job"] = pipeline.get_train_job_id()

    trained = pipeline.get_component("lr_0")
    seen["summary"] = trained.get_summary()
    seen["model"] = trained.get_model_param()
    seen["table"] = trained.get_output_data_table()
    frame = trained.get_output_data()
    seen["columns"] = list(frame.columns)
    seen["rows"] = len(frame)
    seen["details"] = list(frame["predict_detail"][:3])
    seen["limited"] = len(trained.get_output_data(limits=10))
    seen["selected"] = list(pipeline.get_component("selection_0").get_output_data().columns)
    seen["several"] = [len(task.get_summary()) for task in
                       pipeline.get_component(["lr_0", "selection_0"])]
    seen["auc"] = pipeline.get_component("evaluation_0").get_summary()

    # A saved pipeline goes on where it was.
    pipeline.dump(asked["folder"] + "/saved.pkl")
    pipeline = PipeLine.load_model_from_file(asked["folder"] + "/saved.pkl")
    pipeline.deploy_component([transform_0, "intersection_0", binning_0, selection_0, lr_0])
    seen["deployed"] = pipeline.get_predict_dsl()

    predicting = PipeLine()
    reader_1 = reader("reader_1")
    evaluation_1 = Evaluation(name="evaluation_1", eval_type="binary")
    predicting.add_component(reader_1)
    predicting.add_component(pipeline, data=Data(
        predict_input={pipeline.transform_0.input.data: reader_1.output.data}))
    predicting.add_component(evaluation_1, data=Data(data=pipeline.lr_0.output.data))
    predicting.predict(JobParameters(task_cores=1))
    seen["predict job"] = predicting.get_predict_job_id()
    seen["predict model"] = vars(predicting.get_predict_model_info())
    predicted = predicting.get_component("lr_0").get_output_data()
    seen["predicted"] = len(predicted)
    seen["predicted types"] = sorted(set(predicted["type"]))
    seen["same scores"] = sorted(frame["predict_score"]) == sorted(predicted["predict_score"])
    seen["predict auc"] = predicting.get_component("evaluation_1").get_summary()
    pipeline.online.load()
    pipeline.online.bind("scores", "127.0.0.1:9")


def old_style(name):
    """What scripts of FATE 1.5 and 1.6 build."""
    pipeline = roles(PipeLine())
    reader_0 = reader("reader_0")
    dataio_0 = DataIO(name="dataio_0")
    dataio_0.get_party_instance(role="guest", party_id=GUEST).component_param(
        with_label=True, output_format="dense")
    dataio_0.get_party_instance(role="host", party_id=HOST).component_param(with_label=False)
    intersection_0 = Intersection(name="intersection_0", rsa_params={"key_length": 1024})
    lr_0 = HeteroLR(name="lr_0", max_iter=1, encrypt_param={"key_length": 1024})
    pipeline.add_component(reader_0)
    pipeline.add_component(dataio_0, data=Data(data=reader_0.output.data))
    pipeline.add_component(intersection_0, data=Data(data=dataio_0.output.data))
    pipeline.add_component(lr_0, data=Data(train_data=intersection_0.output.data))
    pipeline.compile()
    if name == "today":
        # The client of today drops these two.
        pipeline.fit(JobParameters(backend=0, work_mode=0))
    else:
        # Clients of that time sent them.
        pipeline._train_conf["job_parameters"]["common"].update(backend=0, work_mode=0)
        pipeline.fit(callback_func=lambda answer: seen.update({"old answer": answer}))
    seen["old model " + name] = pipeline.get_component("lr_0").get_model_param()
    return pipeline


def refused(pipeline):
    """Why a deployment fails is told to the user."""
    pipeline.update_model_info("guest-1#model", "1")
    try:
        pipeline.deploy_component(["lr_0"])
    except ValueError as reason:
        seen["refused"] = str(reason)


upload()
new_style()
old_style("today")
refused(old_style("then"))
with open(sys.argv[2], "w") as out:
    json.dump(seen, out)
