package dev.lockstep.process;

import dev.lockstep.domain.Drill;
import dev.lockstep.lifecycle.InjectFault;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.FileSystemUtils;

/**
 * Starts processes of this installation that are meant to die in a drill. They get the settings of this node, secrets
 * included, through their standard input; the command line says nothing.
 */
@Component
class LostNodes {

    private static final Logger log = LoggerFactory.getLogger(LostNodes.class);
    private static final long LONGEST_SECONDS = 180;

    private final InjectFault injection;
    private final LostNodeProgram program;
    private final LostNodeSettings settings;
    private final Map<Process, CompletableFuture<Void>> alive = new ConcurrentHashMap<>();

    LostNodes(InjectFault injection, LostNodeProgram program, LostNodeSettings settings) {
        this.injection = injection;
        this.program = program;
        this.settings = settings;
    }

    /**
     * Starts one once the drill allows it. Should this node die before, the drill fails at its deadline.
     *
     * @param atMost after which it does not begin any more
     */
    void lose(Drill drill, Duration atMost) {
        if (injection.allow(drill, atMost)) {
            startAfterCommit(drill);
        }
    }

    private void startAfterCommit(Drill drill) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                try {
                    start(drill);
                } catch (IOException e) {
                    log.error("the process that {} needs cannot be started", drill.label(), e);
                }
            }
        });
    }

    private void start(Drill drill) throws IOException {
        Path data = Files.createTempDirectory("lockstep-" + drill.label());
        Process process = new ProcessBuilder(program.command())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("log").toFile())
                .start();
        alive.put(process, end(drill, process, data));
        log.info("{} loses process {}", drill.label(), process.pid());
        Properties known = settings.of(drill, data);
        try (OutputStream in = process.getOutputStream()) {
            known.store(in, null);
        }
    }

    private CompletableFuture<Void> end(Drill drill, Process process, Path data) {
        return process.onExit()
                .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .thenCompose(Process::onExit)
                .thenAccept(ended -> buried(drill, ended, data));
    }

    private void buried(Drill drill, Process process, Path data) {
        alive.remove(process);
        int status = process.exitValue();
        if (status == Drill.DEATH) {
            log.info("process {} of {} has died as it should", process.pid(), drill.label());
        } else {
            log.warn("process {} of {} ended with {} before it could die", process.pid(), drill.label(), status);
        }
        try {
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException left) {
            log.warn("{} of {} cannot be removed: {}", data, drill.label(), left.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        alive.keySet().forEach(Process::destroyForcibly);
    }
}
