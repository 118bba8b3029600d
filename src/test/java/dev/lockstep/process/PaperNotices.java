package dev.lockstep.process;

import dev.lockstep.domain.Notice;
import dev.lockstep.port.Notifier;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was told, rolled back or not. */
public final class PaperNotices implements Notifier {

    private final List<Notice> told = new CopyOnWriteArrayList<>();

    @Override
    public void tell(Notice notice) {
        told.add(notice);
    }

    public List<Notice> told() {
        return told;
    }

    public void clear() {
        told.clear();
    }
}
