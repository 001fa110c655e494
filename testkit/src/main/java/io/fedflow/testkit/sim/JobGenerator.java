package io.fedflow.testkit.sim;

import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws jobs: parties, components and their wiring, and what each of them does. */
final class JobGenerator {

  /** The job parameter that names a job's scripts. */
  static final String NAME = "user";

  private static final List<String> INPUTS = List.of("data", "train_data", "validate_data");
  private static final List<Integer> SIZES = List.of(2, 6, 20);
  private static final List<Integer> SLOWEST = List.of(5, 500, 5_000);
  private static final int FOREVER = Integer.MAX_VALUE;

  private final Chance chance;
  private final List<String> sites;
  private final Set<Fault> possible;

  JobGenerator(Chance chance, List<String> sites, Set<Fault> possible) {
    this.chance = chance;
    this.sites = sites;
    this.possible = possible;
  }

  JobSpec next(String name) {
    List<Party> parties = parties();
    Pipeline pipeline = new Pipeline();
    parties.forEach(party -> pipeline.party(party.role(), party.id()));
    int retries = possible.contains(Fault.TASK_FAILURE) ? chance.between(0, 3) : 0;
    pipeline.jobParameter(NAME, name);
    pipeline.jobParameter("auto_retries", retries);
    pipeline.jobParameter("auto_retry_delay", chance.between(0, 5));
    pipeline.jobParameter("task_parallelism", chance.between(1, 4));
    Map<String, Script> scripts = new LinkedHashMap<>();
    int size = chance.between(1, chance.pick(SIZES));
    for (int i = 0; i < size; i++) {
      String component = "c" + i;
      Modules module = chance.pick(List.of(Modules.values()));
      Pipeline.Step step = pipeline.add(component, module.name());
      int inputs = i == 0 ? 0 : chance.between(0, Math.min(i, INPUTS.size()));
      for (int k = 0; k < inputs; k++) {
        step.data(INPUTS.get(k), "c" + chance.between(0, i - 1));
      }
      scripts.put(
          component,
          script(parties.stream().filter(p -> module.roles().contains(p.role())).toList()));
    }
    if (chance.permille(250)) {
      pipeline.jobParameter("federated_status_collect_type", "PULL");
    }
    JobStatus outcome = trouble(pipeline, parties, scripts, retries);
    return new JobSpec(name, pipeline.compile(), parties.get(0), scripts, outcome);
  }

  /** A guest, hosts, perhaps an arbiter, which may live at one of their sites. */
  private List<Party> parties() {
    List<String> left = new ArrayList<>(sites);
    List<Party> parties = new ArrayList<>();
    String guest = chance.pick(left);
    left.remove(guest);
    parties.add(new Party(Role.GUEST, guest));
    int hosts = chance.between(1, left.size());
    for (int i = 0; i < hosts; i++) {
      String host = chance.pick(left);
      left.remove(host);
      parties.add(new Party(Role.HOST, host));
    }
    if (parties.size() < 4 && chance.coin()) {
      parties.add(new Party(Role.ARBITER, chance.pick(sites)));
    }
    return parties;
  }

  private Script script(List<Party> parties) {
    List<Script.Act> acts = new ArrayList<>();
    int slowest = chance.pick(SLOWEST);
    for (Party party : parties) {
      acts.add(new Script.Work(party, chance.between(0, slowest)));
    }
    int messages = parties.size() < 2 ? 0 : chance.between(0, 4);
    for (int i = 0; i < messages; i++) {
      Party from = chance.pick(parties);
      Party to = chance.pick(parties);
      if (!from.equals(to)) {
        acts.add(new Script.Send(from, to, i));
        acts.add(new Script.Receive(to, from, i));
        acts.add(new Script.Work(to, chance.between(0, slowest)));
      }
    }
    for (Party party : parties) {
      if (chance.permille(300)) {
        acts.add(new Script.Measure(party, acts.size()));
      }
      if (chance.permille(700)) {
        acts.add(new Script.Write(party));
      }
    }
    return new Script(acts, parties);
  }

  /** Makes some components fail or hang, as often as the job can bear it, or for ever. */
  private JobStatus trouble(
      Pipeline pipeline, List<Party> parties, Map<String, Script> scripts, int retries) {
    JobStatus outcome = JobStatus.SUCCESS;
    boolean limited = possible.contains(Fault.TASK_HANG) && chance.coin();
    if (limited) {
      pipeline.jobParameter("task_timeout", 900);
    }
    for (Script script : scripts.values()) {
      if (script.parties().isEmpty()) {
        continue;
      }
      Party party = chance.pick(script.parties());
      if (retries > 0 && chance.permille(200)) {
        int times = chance.between(1, retries);
        if (limited && chance.coin()) {
          script.hanging(party, times);
        } else {
          script.failing(party, times);
        }
      }
    }
    List<Script> played = scripts.values().stream().filter(s -> !s.parties().isEmpty()).toList();
    if (!played.isEmpty() && possible.contains(Fault.TASK_FAILURE) && chance.permille(80)) {
      Script script = chance.pick(played);
      script.failing(chance.pick(script.parties()), FOREVER);
      outcome = JobStatus.FAILED;
    } else if (!played.isEmpty()
        && !limited
        && possible.contains(Fault.TASK_HANG)
        && chance.permille(80)) {
      pipeline.jobParameter("timeout", 1_800);
      Script script = chance.pick(played);
      script.hanging(chance.pick(script.parties()), FOREVER);
      outcome = JobStatus.TIMEOUT;
    }
    return outcome;
  }
}
