package dev.lockstep.web;

import dev.lockstep.port.Outbox;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A notice on the status page that has not reached the people it is for. */
record UnheardNotice(
        String subject,
        String group,
        String channel,
        String why,
        int tries,
        boolean givenUp,
        @Nullable Moment told,
        @Nullable Moment again) {

    static UnheardNotice of(Outbox.Trouble trouble, Instant now) {
        return new UnheardNotice(
                trouble.content().subject(),
                trouble.content().group(),
                trouble.channel(),
                trouble.why(),
                trouble.tries(),
                trouble.givenUp(),
                Moment.of(trouble.toldAt(), now),
                Moment.of(trouble.notBefore(), now));
    }
}
