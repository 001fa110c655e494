package io.fedflow.transport.http.board;

import io.fedflow.Site;
import io.fedflow.queue.QueueManager;
import io.fedflow.queue.SlotView;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/** The slots of this site, and the jobs that wait for them. */
public final class QueueController implements Controller {

  /** Far more threads than any machine bears. */
  private static final int MOST_SLOTS = 100_000;

  private final QueueManager queue;

  /** Shows and rules the queue of this site. */
  public QueueController(Site site) {
    this.queue = site.queue();
  }

  @Override
  public void mount(Routes routes) {
    routes.get("/fedflow/v1/queue", call -> Future.succeededFuture(view()));
    routes.plainPost("/fedflow/v1/queue/pause", call -> paused(true));
    routes.plainPost("/fedflow/v1/queue/resume", call -> paused(false));
    routes.plainPost("/fedflow/v1/queue/slots", this::resize);
    routes.plainPost("/fedflow/v1/jobs/:job/events/clean", this::clean);
  }

  private Answer view() {
    SlotView view = queue.slots();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("capacity", view.capacity());
    tree.put("held", view.held());
    tree.put("free", view.free());
    tree.put("paused", view.paused());
    tree.put("holders", view.holders().stream().map(QueueController::tree).toList());
    tree.put("waiters", view.waiters().stream().map(QueueController::tree).toList());
    return Envelope.ok(tree);
  }

  private static Map<String, Object> tree(SlotView.Holder holder) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("job_id", holder.jobId());
    tree.put("slots", holder.slots());
    tree.put("running", holder.running());
    tree.put("yield_asked", holder.yieldAsked());
    tree.put("since", holder.since());
    return tree;
  }

  private static Map<String, Object> tree(SlotView.Waiter waiter) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("job_id", waiter.jobId());
    tree.put("slots", waiter.slots());
    tree.put("priority", waiter.rank().priority());
    tree.put("since", waiter.since());
    return tree;
  }

  /** Lets no further job run, or lets them run again. */
  private Future<? extends Answer> paused(boolean pause) {
    if (pause) {
      queue.pause();
    } else {
      queue.resume();
    }
    return Future.succeededFuture(Envelope.ok(Map.of("paused", queue.paused())));
  }

  /** Gives the site another number of slots. */
  private Future<? extends Answer> resize(Call call) {
    int slots = call.arguments().require("slots").integer("slots", 1, 1, MOST_SLOTS);
    queue.resize(slots);
    return Future.succeededFuture(view());
  }

  /** Drops the stored events of a job that is over. */
  private Future<? extends Answer> clean(Call call) {
    return call.await(queue.clean(call.path("job"))).map(done -> Envelope.ok());
  }
}
