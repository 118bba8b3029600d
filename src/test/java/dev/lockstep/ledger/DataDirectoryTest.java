package dev.lockstep.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.support.GenericApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class DataDirectoryTest {

    @TempDir
    Path folder;

    private Path prepared() {
        Path directory = folder.resolve("a/data");
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            TestPropertyValues.of("lockstep.data-dir=" + directory).applyTo(context);
            new DataDirectory().initialize(context);
        }
        return directory;
    }

    @Test
    void itIsMadeForItsOwnerOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(prepared())))
                .isEqualTo("rwx------");
    }

    @Test
    void oneThatIsOpenToOthersIsKeptAndSaidWithTheCommandThatClosesIt(CapturedOutput output) throws IOException {
        Path directory = Files.createDirectories(folder.resolve("a/data"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
        prepared();
        assertThat(output).contains("chmod 700 " + directory);
    }
}
