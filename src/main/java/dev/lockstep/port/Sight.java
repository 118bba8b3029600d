package dev.lockstep.port;

import dev.lockstep.domain.Reach;

/** How far the person of this request sees; work that nobody asks for sees everything. */
public interface Sight {

    /** The credentials whose inventory, operations, tasks and incidents may be shown. */
    Reach reading();

    /** The credentials whose audit entries may be shown. */
    Reach auditing();
}
