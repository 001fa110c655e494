package io.fedflow.job;

import java.util.List;
import java.util.Locale;

/**
 * What a job takes over from an ended one instead of running it, and how far a party is with it.
 * Immutable.
 *
 * @param jobId the job that it is taken from; empty if nothing is
 * @param components which components, in plan order
 * @param status how far the party is
 */
public record Inheritance(String jobId, List<String> components, Status status) {

  /** Of a job that takes over nothing. */
  public static final Inheritance NONE = new Inheritance("", List.of(), Status.PASS);

  /** Copies the list. */
  public Inheritance {
    components = List.copyOf(components);
  }

  /** The same, further on. */
  public Inheritance in(Status next) {
    return new Inheritance(jobId, components, next);
  }

  /** The same after the job's end: what is not taken over by then never is. */
  Inheritance over() {
    return status == Status.RUNNING ? in(Status.FAILED) : this;
  }

  /** Whether anything is taken over. */
  public boolean any() {
    return !components.isEmpty();
  }

  /** How far a party is. */
  public enum Status {
    /** Not begun. */
    WAITING,
    /** Outputs, models, metrics and logs are being taken over. */
    RUNNING,
    /** All of it is there. */
    SUCCESS,
    /** It cannot be taken over; the job's cause tells why. */
    FAILED,
    /** Nothing is to be taken over. */
    PASS;

    /** FATE's word. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
