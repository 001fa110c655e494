package io.fedflow.telemetry.jfr;

import io.fedflow.spi.Signal;
import io.fedflow.spi.Telemetry;

/**
 * Writes every signal as a Flight Recorder event with job and cause. How long something took is a
 * field of its event, since an event is written once it is over. Thread-safe.
 */
public final class FlightTelemetry implements Telemetry {

  @Override
  public void signal(Signal signal) {
    if (signal instanceof Signal.TurnStored stored) {
      turn(stored);
    } else if (signal instanceof Signal.CommandSent sent) {
      command(sent);
    } else if (signal instanceof Signal.EffectDone done) {
      effect(done);
    } else if (signal instanceof Signal.MessageIgnored ignored) {
      ignored(ignored);
    } else if (signal instanceof Signal.AttemptStarted started) {
      started(started);
    } else if (signal instanceof Signal.AttemptEnded ended) {
      ended(ended);
    } else if (signal instanceof Signal.StoreRetried retried) {
      retried(retried);
    } else if (signal instanceof Signal.CommandRetried retried) {
      retried(retried);
    } else if (signal instanceof Signal.JobMoved moved) {
      moved(moved);
    } else if (signal instanceof Signal.JobTakenOver) {
      takenOver(signal);
    } else if (signal instanceof Signal.InstanceFenced fenced) {
      fenced(fenced);
    } else {
      granted((Signal.SlotsGranted) signal);
    }
  }

  private static void turn(Signal.TurnStored stored) {
    TurnStoredEvent event = new TurnStoredEvent();
    if (event.isEnabled()) {
      event.by = stored.by();
      event.rows = stored.rows();
      event.events = stored.events();
      event.tries = stored.tries();
      event.took = stored.nanos();
      commit(event, stored);
    }
  }

  private static void command(Signal.CommandSent sent) {
    CommandSentEvent event = new CommandSentEvent();
    if (event.isEnabled()) {
      event.to = sent.to().toString();
      event.command = sent.command();
      event.delivery = sent.delivery().text();
      event.tries = sent.tries();
      event.took = sent.nanos();
      commit(event, sent);
    }
  }

  private static void effect(Signal.EffectDone done) {
    EffectDoneEvent event = new EffectDoneEvent();
    if (event.isEnabled()) {
      event.by = done.by();
      event.effect = done.effect();
      commit(event, done);
    }
  }

  private static void ignored(Signal.MessageIgnored ignored) {
    MessageIgnoredEvent event = new MessageIgnoredEvent();
    if (event.isEnabled()) {
      event.by = ignored.by();
      event.message = ignored.message();
      commit(event, ignored);
    }
  }

  private static void started(Signal.AttemptStarted started) {
    AttemptStartedEvent event = new AttemptStartedEvent();
    if (event.isEnabled()) {
      event.component = started.task().component();
      event.version = started.task().version();
      event.party = started.party().toString();
      event.module = started.module();
      commit(event, started);
    }
  }

  private static void ended(Signal.AttemptEnded ended) {
    AttemptEndedEvent event = new AttemptEndedEvent();
    if (event.isEnabled()) {
      event.component = ended.task().component();
      event.version = ended.task().version();
      event.party = ended.party().toString();
      event.module = ended.module();
      event.status = ended.status().text();
      event.took = ended.nanos();
      commit(event, ended);
    }
  }

  private static void retried(Signal.StoreRetried retried) {
    StoreRetriedEvent event = new StoreRetriedEvent();
    if (event.isEnabled()) {
      event.tries = retried.tries();
      event.pause = retried.pauseMillis();
      commit(event, retried);
    }
  }

  private static void retried(Signal.CommandRetried retried) {
    CommandRetriedEvent event = new CommandRetriedEvent();
    if (event.isEnabled()) {
      event.to = retried.to().toString();
      event.command = retried.command();
      event.tries = retried.tries();
      event.pause = retried.pauseMillis();
      commit(event, retried);
    }
  }

  private static void moved(Signal.JobMoved moved) {
    JobMovedEvent event = new JobMovedEvent();
    if (event.isEnabled()) {
      event.by = moved.by();
      event.from = moved.from().text();
      event.to = moved.to().text();
      event.stayed = moved.millis();
      commit(event, moved);
    }
  }

  private static void granted(Signal.SlotsGranted granted) {
    SlotsGrantedEvent event = new SlotsGrantedEvent();
    if (event.isEnabled()) {
      event.slots = granted.slots();
      event.waited = granted.waitedMillis();
      commit(event, granted);
    }
  }

  private static void takenOver(Signal signal) {
    JobTakenOverEvent event = new JobTakenOverEvent();
    if (event.isEnabled()) {
      commit(event, signal);
    }
  }

  private static void fenced(Signal.InstanceFenced fenced) {
    InstanceFencedEvent event = new InstanceFencedEvent();
    if (event.isEnabled()) {
      event.instance = fenced.instanceId();
      commit(event, fenced);
    }
  }

  private static void commit(SignalEvent event, Signal signal) {
    event.job = signal.jobId();
    event.cause = signal.cause();
    event.commit();
  }
}
