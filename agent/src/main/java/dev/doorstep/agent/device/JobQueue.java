package dev.doorstep.agent.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that wait, in their order; whoever takes one out ends it. Guarded by its lane's lock.
 */
final class JobQueue {
  private final int longest;
  private final ArrayDeque<Job> jobs = new ArrayDeque<>();

  JobQueue(int longest) {
    this.longest = longest;
  }

  /** False if it is full. */
  boolean add(Job job) {
    return jobs.size() < longest && jobs.add(job);
  }

  /** Adds one that was taken before, also where it is full. */
  void addAgain(Job job) {
    jobs.add(job);
  }

  /** Takes the next one out. */
  @Nullable Job poll() {
    return jobs.poll();
  }

  /** Takes this one out; false if it is not there. */
  @SuppressWarnings("ReferenceEquality") // two jobs of the same content are two jobs
  boolean remove(Job job) {
    return jobs.removeIf(waiting -> waiting == job);
  }

  /** Takes out what has waited too long. */
  List<Job> removeExpired() {
    List<Job> expired = List.of();
    for (Iterator<Job> all = jobs.iterator(); all.hasNext(); ) {
      Job job = all.next();
      if (job.expiry().expired()) {
        expired = expired.isEmpty() ? new ArrayList<>() : expired;
        expired.add(job);
        all.remove();
      }
    }
    return expired;
  }

  /** Takes all out. */
  List<Job> removeAll() {
    List<Job> all = new ArrayList<>(jobs);
    jobs.clear();
    return all;
  }

  int size() {
    return jobs.size();
  }

  boolean isEmpty() {
    return jobs.isEmpty();
  }
}
