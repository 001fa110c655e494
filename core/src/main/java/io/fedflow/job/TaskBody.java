package io.fedflow.job;

import io.fedflow.component.Component;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The middle of a part: runs the component on what was loaded and gives what is to be stored. The
 * stores stay on this side of it. Safe for use by many task threads.
 */
@FunctionalInterface
public interface TaskBody {

  /** Calls the component, on the thread of the part. */
  TaskBody HERE = part -> part.component().run(part.context());

  /**
   * Runs a component to its end. Blocking; an interrupt ends it.
   *
   * @return what the component gave
   * @throws ComponentThrew if the component threw elsewhere
   * @throws ProcessLost if the process that ran it ended by no fault of the component
   * @throws Exception what the component threw here, like {@link Component#run}
   */
  TaskOutputs run(Part part) throws Exception;

  /**
   * What is to run.
   *
   * @param component the site's own instance
   * @param module the name under which the job knows it
   * @param given the merged conf object of the component at this party, before defaults
   * @param context everything that the component may touch
   */
  record Part(Component component, String module, Map<String, Object> given, TaskContext context) {

    /** Copies the map. */
    public Part {
      given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }
  }

  /** A component threw in another process; the message is the whole story. */
  final class ComponentThrew extends Exception {

    private static final long serialVersionUID = 1L;

    private final String trace;

    /**
     * A failure of the component.
     *
     * @param className of what was thrown
     * @param message of what was thrown; may be null
     * @param trace where it was thrown, for the server's log
     */
    public ComponentThrew(String className, String message, String trace) {
      super(described(className, message), null, false, false);
      this.trace = trace;
    }

    /** How the end of a part names what its component threw. */
    static String described(String className, String message) {
      return "the component threw " + className + ": " + message;
    }

    /** Where it was thrown. */
    public String trace() {
      return trace;
    }
  }

  /** The process that ran a component was ended from outside; another attempt may go well. */
  final class ProcessLost extends Exception {

    private static final long serialVersionUID = 1L;

    /** A loss; the message is the whole story. */
    public ProcessLost(String message) {
      super(message, null, false, false);
    }
  }
}
