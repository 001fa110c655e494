package io.fedflow.job;

import io.fedflow.federation.Federation;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.tracking.TaskReporter;
import java.util.function.Consumer;

/**
 * One part from its start to the end of its thread, and the fence around it: its task moves it from
 * OPEN to SAVING, whoever stops it moves it from OPEN to FENCED, and only one of the two happens.
 * Thread-safe.
 */
final class Attempt {

  private enum State {
    OPEN,
    SAVING,
    FENCED
  }

  private static final Traffic NONE = new Traffic(0, 0, 0, 0);

  private final TaskRunner.Work work;
  private final TaskReporter reporter;
  private Consumer<PartyEvent> ended;
  private State state = State.OPEN;
  private boolean over;
  private int writing;
  private Thread thread;
  private Federation federation;
  private long fencedAt;
  private String reason = "";

  /**
   * An attempt that is open.
   *
   * @param ended told the end, once
   */
  Attempt(TaskRunner.Work work, TaskReporter reporter, Consumer<PartyEvent> ended) {
    this.work = work;
    this.reporter = reporter;
    this.ended = ended;
  }

  TaskRunner.Work work() {
    return work;
  }

  TaskReporter reporter() {
    return reporter;
  }

  /** The calling thread runs it; an end that came before is passed on. */
  synchronized void begin() {
    thread = Thread.currentThread();
    if (state == State.FENCED) {
      thread.interrupt();
    }
  }

  /** Its traffic is counted there. */
  synchronized void counts(Federation counting) {
    federation = counting;
  }

  synchronized Traffic traffic() {
    return federation == null ? NONE : federation.traffic();
  }

  synchronized boolean fenced() {
    return state == State.FENCED;
  }

  /** Why it was stopped; empty if it was not. */
  synchronized String reason() {
    return reason;
  }

  /**
   * Begins to store how it ended, from which nothing keeps it any more.
   *
   * @return false if it is fenced: nothing may be stored
   */
  synchronized boolean save() {
    if (state == State.FENCED) {
      return false;
    }
    state = State.SAVING;
    // A component may leave its thread interrupted; that must not spoil what it gave.
    Thread.interrupted();
    return true;
  }

  /**
   * Begins to store something in its course; {@link #wrote} ends it.
   *
   * @return false if it is fenced: nothing may be stored
   */
  synchronized boolean write() {
    if (state == State.FENCED) {
      return false;
    }
    writing++;
    return true;
  }

  /** Ends a {@link #write}. */
  synchronized void wrote() {
    writing--;
    notifyAll();
  }

  /**
   * Stops it: from now on nothing of it is stored.
   *
   * @return false if it is fenced already, or stores how it ended
   */
  synchronized boolean fence(String why, long now) {
    if (state != State.OPEN || over) {
      return false;
    }
    state = State.FENCED;
    reason = why;
    fencedAt = now;
    reporter.fence();
    if (thread != null) {
      thread.interrupt();
    }
    return true;
  }

  /** Waits until nothing of it is being stored, now or later. It must be fenced or over. */
  synchronized void awaitQuiet() throws InterruptedException {
    while (writing > 0 || state == State.SAVING && !over) {
      wait();
    }
  }

  /** Its thread goes on to other work: nobody interrupts that. */
  synchronized void over() {
    over = true;
    thread = null;
    Thread.interrupted();
    notifyAll();
  }

  /** Tells its end, the first time that it is called. */
  void tell(PartyEvent end) {
    Consumer<PartyEvent> listener;
    synchronized (this) {
      listener = ended;
      ended = null;
    }
    if (listener != null) {
      listener.accept(end);
    }
  }

  /** What it still does although it is fenced. */
  TaskRunner.Stray stray() {
    Thread running;
    long since;
    String why;
    synchronized (this) {
      running = thread;
      since = fencedAt;
      why = reason;
    }
    StackTraceElement[] stack =
        running == null ? new StackTraceElement[0] : running.getStackTrace();
    return new TaskRunner.Stray(
        work.task(),
        work.party(),
        since,
        why,
        running == null ? "" : running.getName(),
        stack.length == 0 ? "" : stack[0].toString());
  }
}
