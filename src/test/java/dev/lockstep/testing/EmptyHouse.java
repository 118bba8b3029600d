package dev.lockstep.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.test.context.DynamicPropertyRegistry;

/** The configuration of an application that manages nothing yet: a store, and directories of its own. */
public final class EmptyHouse {

    private EmptyHouse() {}

    /** Lets the application live in the folder. */
    public static void in(Path folder, DynamicPropertyRegistry registry) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("store.yaml"), "{kind: Store, name: embedded, type: embedded}\n");
        registry.add("lockstep.config-dir", config::toString);
        registry.add("lockstep.data-dir", () -> folder.resolve("data").toString());
    }
}
