package io.fedflow.testkit.store;

import static io.fedflow.testkit.store.StoreRows.GUEST;
import static io.fedflow.testkit.store.StoreRows.HOST;
import static io.fedflow.testkit.store.StoreRows.job;

import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.JobSearch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Jobs of three parties in many statuses, and searches for them. Stateless. */
final class SearchedJobs {

  private SearchedJobs() {}

  /** What one turn of each job writes, in order: every revision of its rows. */
  static List<List<JobRow>> revisions() {
    List<List<JobRow>> turns = new ArrayList<>();
    JobStatus[] ends = {JobStatus.SUCCESS, JobStatus.FAILED, JobStatus.RUNNING};
    for (int i = 0; i < 240; i++) {
      String id = "20261125" + "%013d".formatted(i);
      List<JobRow> revisions = new ArrayList<>();
      for (Party party : List.of(GUEST, HOST, new Party(Role.ARBITER, HOST.id()))) {
        if (i % 7 == 0 && party.equals(GUEST)) {
          continue;
        }
        JobRow row = job(id, party, 1_000 + i / 2);
        revisions.add(row);
        row = row.moved(JobStatus.WAITING, "", 2_000);
        revisions.add(row);
        if (i % 5 != 0) {
          row = row.moved(JobStatus.RUNNING, "", 3_000 + i % 11);
          revisions.add(row);
          row = row.noted(i % 3 == 0 ? "It's 50%" : "", 3_500);
          revisions.add(row);
          revisions.add(row.moved(ends[i % 3], "", 5_000 - i % 13));
        }
      }
      turns.add(revisions);
    }
    return turns;
  }

  /** The last revision of every row, in the order of writing; a new list. */
  static List<JobRow> latest(List<List<JobRow>> turns) {
    Map<List<Object>, JobRow> latest = new LinkedHashMap<>();
    turns.forEach(
        revisions -> revisions.forEach(row -> latest.put(List.of(row.jobId(), row.party()), row)));
    return new ArrayList<>(latest.values());
  }

  /** All jobs of a status, newest first. */
  static JobSearch ofStatus(JobStatus status) {
    return search("", "", "", null, List.of(), Set.of(status));
  }

  /** Searches for all of it, by every kind of filter and in every order. */
  static List<JobSearch> searches() {
    List<JobSearch> searches = new ArrayList<>();
    List<Set<JobStatus>> statuses =
        List.of(
            Set.of(),
            Set.of(JobStatus.SUCCESS),
            Set.of(JobStatus.WAITING, JobStatus.RUNNING),
            Set.of(JobStatus.TIMEOUT));
    for (Set<JobStatus> status : statuses) {
      for (List<String> roles : List.of(List.<String>of(), List.of("host"), List.of("guest"))) {
        for (String party : List.of("", "99", HOST.id(), "' OR ''='")) {
          searches.add(search("", party, "", null, roles, status));
        }
      }
      searches.add(search("202611250000000000017", "", "", null, List.of(), status));
      searches.add(search("0001", "", "", null, List.of(), status));
      searches.add(search("", "", "'s 50%", null, List.of(), status));
      searches.add(search("", "", "it's", null, List.of(), status));
      searches.add(search("", "", "", GUEST.id(), List.of(), status));
      searches.add(search("", "", "", HOST.id(), List.of("host"), status));
      searches.add(search("", "", "", "1000", List.of(), status));
    }
    return searches.stream().flatMap(SearchedJobs::ordered).toList();
  }

  private static Stream<JobSearch> ordered(JobSearch search) {
    return Stream.concat(
        Stream.of(search),
        Stream.of(JobSearch.Order.values())
            .map(
                order ->
                    new JobSearch(
                        search.idPart(),
                        search.partyIdPart(),
                        search.notesPart(),
                        search.partner(),
                        search.roles(),
                        search.statuses(),
                        order,
                        order == JobSearch.Order.ENDED,
                        2,
                        30)));
  }

  private static JobSearch search(
      String id,
      String party,
      String notes,
      String partner,
      List<String> roles,
      Set<JobStatus> statuses) {
    return new JobSearch(
        id,
        party,
        notes,
        Optional.ofNullable(partner),
        roles,
        statuses,
        JobSearch.Order.CREATED,
        true,
        0,
        10);
  }
}
