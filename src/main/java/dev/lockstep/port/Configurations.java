package dev.lockstep.port;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force, plans to change it, and what was applied before. No answer holds a value of a setting.
 */
public interface Configurations {

    /**
     * Compares a candidate with what is in force and with the ledger, and keeps the result. Changes nothing; planning
     * the same twice gives the same id.
     *
     * @throws RefusedConfiguration with everything that is wrong with the candidate
     */
    Plan plan(Candidate candidate, String by);

    /** A plan that is kept, with the status it has now; empty when unknown or long ago. */
    Optional<Plan> find(String id);

    /**
     * Puts a plan's candidate in force. Applying what is in force already changes nothing.
     *
     * @throws dev.lockstep.domain.Conflict when something else was applied since the plan was made
     * @throws RefusedConfiguration when the candidate is not accepted any more
     */
    Applied apply(Plan plan, String by);

    /** What is in force here, and how the files of this node compare with it. */
    State state();

    /** What was applied, newest first. */
    List<Applied> history(int most);

    /**
     * What is to be compared.
     *
     * @param files texts by file name, relative to the configuration directory; null for the files of this node
     * @param merge whether the files are laid over those in force instead of taking the place of them all; an empty
     *     text then takes a file away
     * @param commit the commit that the files come from; null when unknown, and read from the directory when it is one
     */
    record Candidate(
            @Nullable Map<String, byte[]> files,
            boolean merge,
            @Nullable String commit) {

        /** The files of this node as they are now. */
        public static final Candidate DIRECTORY = new Candidate(null, false, null);
    }

    /** What becomes of one thing. */
    enum Action {
        /** New, and nothing is known of it. */
        CREATE,
        /** New in the files; its account or value exists already and is taken over without being rotated. */
        ADOPT,
        CHANGE,
        /** Due at another time. */
        RESCHEDULE,
        /**
         * Not in the files any more. A credential is neither rotated nor served: who reads it is refused, as for one
         * that does not exist. Nothing is destroyed, and once it is in the files again it goes on where it was.
         */
        REMOVE
    }

    /**
     * One thing that changes.
     *
     * @param kind {@code target}, {@code store}, {@code channel}, {@code identity}, {@code policy} or
     *     {@code credential}
     * @param fields what changes about it, in the order of their names
     * @param dueBefore when it is due as things stand; null when it is not, or when the due time stays
     * @param dueAfter when it will be due; null when on demand only, or when the due time stays
     * @param note what else a person has to know; null when nothing
     */
    record Change(
            Action action,
            String kind,
            String name,
            List<Field> fields,
            @Nullable Instant dueBefore,
            @Nullable Instant dueAfter,
            @Nullable String note) {
        public Change {
            fields = List.copyOf(fields);
        }
    }

    /**
     * One field that changes.
     *
     * @param before null when it was not set, or when its values are not shown
     * @param after null when it will not be set, or when its values are not shown
     * @param hidden whether values are left out, because they could be secrets
     */
    record Field(
            String name, @Nullable String before, @Nullable String after, boolean hidden) {}

    /** How many things change, by what becomes of them. */
    record Summary(int created, int adopted, int changed, int rescheduled, int removed) {

        /** Whether nothing changes. */
        public boolean empty() {
            return created + adopted + changed + rescheduled + removed == 0;
        }

        /** For logs and lists, for example {@code 3 created, 1 removed}. */
        @Override
        public String toString() {
            StringBuilder words = new StringBuilder();
            add(words, created, "created");
            add(words, adopted, "adopted");
            add(words, changed, "changed");
            add(words, rescheduled, "rescheduled");
            add(words, removed, "removed");
            return words.isEmpty() ? "no change" : words.toString();
        }

        private static void add(StringBuilder words, int number, String what) {
            if (number > 0) {
                words.append(words.isEmpty() ? "" : ", ")
                        .append(number)
                        .append(' ')
                        .append(what);
            }
        }
    }

    /**
     * Rotations at a target by day, where the plan changes them.
     *
     * @param from the first day, in UTC
     * @param before rotations of each day as things stand
     * @param after rotations of each day with the plan
     */
    record Load(String target, LocalDate from, List<Integer> before, List<Integer> after) {
        public Load {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        /** The most on one day as things stand. */
        public int peakBefore() {
            return before.stream().mapToInt(each -> each).max().orElse(0);
        }

        /** The most on one day with the plan. */
        public int peakAfter() {
            return after.stream().mapToInt(each -> each).max().orElse(0);
        }
    }

    /** Whether a plan can be applied. */
    enum Status {
        OPEN,
        /** Something else was applied since. */
        STALE,
        /** Its candidate is in force. */
        APPLIED
    }

    /**
     * What would become of everything.
     *
     * @param id a hash over what is in force and the candidate
     * @param base digest of what was in force
     * @param candidate digest of the candidate
     * @param origin where the candidate comes from
     * @param commit the commit it comes from; null when unknown
     * @param changes targets, stores, channels, identities, sources of reports, rules about reads, schemas, policies,
     *     credentials, in this order
     * @param leftOut so many more changes are counted, but not listed
     * @param load rotations of the next 90 days, for each target where they change
     */
    record Plan(
            String id,
            String base,
            String candidate,
            String origin,
            @Nullable String commit,
            String plannedBy,
            Instant plannedAt,
            Status status,
            Summary summary,
            List<Change> changes,
            int leftOut,
            List<Load> load) {
        public Plan {
            changes = List.copyOf(changes);
            load = List.copyOf(load);
        }

        /** The same plan with another status. */
        public Plan with(Status now) {
            return new Plan(
                    id, base, candidate, origin, commit, plannedBy, plannedAt, now, summary, changes, leftOut, load);
        }
    }

    /**
     * A configuration that was put in force.
     *
     * @param id counted from 1
     * @param digest of its files
     * @param plan the plan that was applied; null for the first, which a start took as it was
     * @param commit the commit it comes from; null when unknown
     * @param settledAt since when the ledger follows it; null when that is under way
     */
    record Applied(
            long id,
            String digest,
            @Nullable String plan,
            String origin,
            @Nullable String commit,
            String by,
            Instant at,
            Summary summary,
            @Nullable Instant settledAt,
            boolean inForce) {}

    /**
     * Where this node stands.
     *
     * @param inForce what is in force; null before anything was applied
     * @param loaded digest of what this node works with; differs from that in force for a moment, or when it cannot be
     *     read here
     * @param files digest of this node's files; null when they cannot be read or are refused
     * @param commit the commit of this node's files; null when unknown
     * @param pending the plan that would put this node's files in force; null when they are in force, or not looked at
     * @param note why the files differ from what is in force and nothing was done about it; null when there is nothing
     *     to say
     * @param problems what is wrong with this node's files, so that the last good configuration stays in force
     * @param since since when there are problems; null when there are none
     */
    record State(
            @Nullable Applied inForce,
            String loaded,
            @Nullable String files,
            @Nullable String commit,
            @Nullable String pending,
            @Nullable String note,
            List<RefusedConfiguration.Flaw> problems,
            @Nullable Instant since) {
        public State {
            problems = List.copyOf(problems);
        }
    }
}
