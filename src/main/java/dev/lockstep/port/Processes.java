package dev.lockstep.port;

import java.time.Instant;
import java.util.List;

/** The processes that are deployed. */
public interface Processes {

    /** The newest version of each process, in the order of their ids. */
    List<Deployed> newest();

    /** All versions of a process, newest first; none when there is no such process. */
    List<Deployed> versions(String process);

    /**
     * One deployed version.
     *
     * @param process id of the process in its model
     * @param name the process in words
     * @param versionTag the version as its designer calls it
     * @param number counts the deployments of the process from 1
     * @param definition the engine's id
     * @param running how many instances run on it
     * @param suspended whether it starts nothing
     * @param deployedAt when
     */
    record Deployed(
            String process,
            String name,
            String versionTag,
            int number,
            String definition,
            long running,
            boolean suspended,
            Instant deployedAt) {}
}
