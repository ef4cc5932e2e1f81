package io.gamestream.local.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The real data set, and small ones of the same shape. */
final class SteamData {

    private SteamData() {}

    /** Skips the test where the real data is missing. */
    static Path real() {
        Path dir = Path.of(System.getProperty("data.dir", "."), "steam-200k");
        Assumptions.assumeTrue(
                Files.isReadable(dir.resolve("game_play.dat")), () -> "the data set is not there: " + dir);
        return dir;
    }

    /** Two users, three games, four purchases (one of them twice), two plays. */
    static Path small(Path dir) throws IOException {
        write(dir, "user_info.dat", "New_ID\tReal_ID\n1\t151603712\n2\t187131847\n");
        write(
                dir,
                "item_info.dat",
                "Game_ID\tGame Name\n1\tThe Elder Scrolls V Skyrim\n2\tSay \"Hi\", World\n3\tSpore\n");
        write(dir, "game_purchase.dat", "User_ID\tGame_ID\tPurchase\n1\t1\t1.0\n1\t2\t1.0\n1\t2\t1.0\n2\t3\t1.0\n");
        write(dir, "game_play.dat", "User_ID\tGame_ID\tHours\n1\t1\t273.0\n2\t3\t0.1\n");
        return dir;
    }

    static void write(Path dir, String file, String text) throws IOException {
        Files.writeString(dir.resolve(file), text);
    }
}
