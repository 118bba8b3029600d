package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkouts as Git and git-sync leave them. */
class GitCheckoutTest {

    private static final String A = "8c1f0c3d9be2ad6e6a0f2c4a5b0f6f6a7f6c1d2e";
    private static final String B = "1111111111111111111111111111111111111111";

    private final Path root;

    GitCheckoutTest(@TempDir Path root) {
        this.root = root;
    }

    private Path write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private GitCheckout checkout(String directory) throws IOException {
        return GitCheckout.around(Files.createDirectories(root.resolve(directory)))
                .orElseThrow();
    }

    @Test
    void aBranchIsResolvedFromItsOwnFileAndFromThePackedOnes() throws IOException {
        write("repo/.git/HEAD", "ref: refs/heads/main\n");
        write(
                "repo/.git/packed-refs",
                "# pack-refs with: peeled fully-peeled sorted\n" + B + " refs/heads/main\n^" + A + "\n");
        assertThat(checkout("repo/lockstep/config").commit()).contains(B);

        write("repo/.git/refs/heads/main", A + "\n");
        assertThat(checkout("repo/lockstep/config").commit()).contains(A);
    }

    @Test
    void aDetachedHeadOfAWorktreeIsReadWhereItsFilePoints() throws IOException {
        write("repo/.git/worktrees/one/HEAD", A + "\n");
        write("repo/.git/worktrees/one/commondir", "../..\n");
        write("tree/.git", "gitdir: " + root.resolve("repo/.git/worktrees/one") + "\n");
        assertThat(checkout("tree/config").commit()).contains(A);

        write("repo/.git/worktrees/one/HEAD", "ref: refs/heads/side\n");
        write("repo/.git/refs/heads/side", B + "\n");
        assertThat(checkout("tree/config").commit()).contains(B);
    }

    @Test
    void aSwappedLinkIsFollowed() throws IOException {
        write("revisions/a/.git/HEAD", A);
        write("revisions/b/.git/HEAD", B);
        Path link = Files.createSymbolicLink(root.resolve("current"), root.resolve("revisions/a"));
        assertThat(GitCheckout.around(link).orElseThrow().commit()).contains(A);

        Files.delete(link);
        Files.createSymbolicLink(link, root.resolve("revisions/b"));

        assertThat(GitCheckout.around(link).orElseThrow().commit()).contains(B);
    }

    @Test
    void aCheckoutIsBusyWhileGitHoldsItsLock() throws IOException {
        write("repo/.git/HEAD", A);
        assertThat(checkout("repo").busy()).isFalse();
        Path lock = write("repo/.git/index.lock", "");
        assertThat(checkout("repo").busy()).isTrue();

        write("repo/config/a.yaml", "kind: Store\n");
        ConfigurationFiles files =
                new ConfigurationFiles(root.resolve("repo/config").toString());
        assertThat(files.signature()).isEmpty();
        Files.delete(lock);
        assertThat(files.signature()).isPresent();
        assertThat(files.commit()).contains(A);
    }

    @Test
    void whatIsNoCommitIsNotTakenForOne() throws IOException {
        write("repo/.git/HEAD", "ref: refs/heads/unborn\n");
        assertThat(checkout("repo").commit()).isEmpty();
        write("repo/.git/HEAD", "ref: ../../etc/passwd\n");
        assertThat(checkout("repo").commit()).isEmpty();
        write("repo/.git/HEAD", "nonsense");
        assertThat(checkout("repo").commit()).isEmpty();
        assertThat(GitCheckout.around(root.resolve("nowhere"))).isEmpty();
    }
}
