package dev.lockstep.audit;

import java.io.IOException;
import java.util.List;

/** Where sealed entries are handed on to. */
interface StreamSink {

    /**
     * Hands entries on, in the order of the chain. When this returns they have arrived; after a failure they are handed
     * on again, so some may arrive twice.
     */
    void send(List<StreamedEntry> entries) throws IOException;
}
