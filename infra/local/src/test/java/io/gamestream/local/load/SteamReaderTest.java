package io.gamestream.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.local.load.SteamDataSet.SteamGame;
import io.gamestream.local.load.SteamDataSet.SteamPlay;
import io.gamestream.local.load.SteamDataSet.SteamPurchase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteamReaderTest {

    private static final String SMALL_CSV = """
            151603712,"The Elder Scrolls V Skyrim",purchase,1.0,0
            151603712,"The Elder Scrolls V Skyrim",play,273.0,0
            151603712,"Say ""Hi"", World",purchase,1.0,0
            151603712,"Say ""Hi"", World",purchase,1.0,0
            187131847,"Spore",play,0.1,0
            187131847,"Spore",purchase,1.0,0
            """;

    @TempDir
    Path dir;

    @BeforeEach
    void writeSmall() throws IOException {
        SteamData.small(dir);
    }

    @Test
    void tellsTheSecondPurchaseOfAGameFromTheFirst() {
        SteamDataSet data = SteamReader.read(dir);
        assertThat(data.games()).contains(new SteamGame(2, "Say \"Hi\", World"));
        assertThat(data.purchases())
                .containsExactly(
                        new SteamPurchase(1, 1, 1, 0),
                        new SteamPurchase(1, 2, 1, 1),
                        new SteamPurchase(1, 2, 2, 2),
                        new SteamPurchase(2, 3, 1, 3));
        assertThat(data.plays()).containsExactly(new SteamPlay(1, 1, 982_800, 1, 0), new SteamPlay(2, 3, 360, 1, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    user_info.dat     | New_ID,Real_ID                          | user_info.dat:1: the header is 'New_ID,Real_ID' (expected: New_ID<tab>Real_ID)
                    user_info.dat     | New_ID\\tReal_ID\\n1\\t5\\n1\\t6        | user_info.dat:3: New_ID is '1' (expected: an id that no line above has)
                    user_info.dat     | New_ID\\tReal_ID\\n1\\t5\\n2\\t5        | user_info.dat:3: Real_ID is '5' (expected: an id that no line above has)
                    item_info.dat     | Game_ID\\tGame Name\\n1\\tA\\tB         | item_info.dat:2: '1\\tA\\tB' has 3 fields (expected: 2: Game_ID<tab>Game Name)
                    item_info.dat     | Game_ID\\tGame Name\\n1\\t\\s           | item_info.dat:2: Game Name is ' ' (expected: something)
                    item_info.dat     | Game_ID\\tGame Name\\nx\\tA             | item_info.dat:2: Game_ID is 'x' (expected: a whole number above 0)
                    game_purchase.dat | User_ID\\tGame_ID\\tPurchase\\n1\\t1\\t2.0 | game_purchase.dat:2: Purchase is '2.0' (expected: 1.0)
                    game_purchase.dat | User_ID\\tGame_ID\\tPurchase\\n9\\t1\\t1.0 | game_purchase.dat:2: User_ID is '9' (expected: a New_ID of user_info.dat)
                    game_purchase.dat | User_ID\\tGame_ID\\tPurchase\\n1\\t9\\t1.0 | game_purchase.dat:2: Game_ID is '9' (expected: a Game_ID of item_info.dat)
                    game_play.dat     | User_ID\\tGame_ID\\tHours\\n1\\t1\\t-1.0   | game_play.dat:2: Hours is '-1.0' (expected: a number of 0 or more)
                    game_play.dat     | User_ID\\tGame_ID\\tHours\\n1\\t1\\tlong   | game_play.dat:2: Hours is 'long' (expected: a number of 0 or more)
                    game_play.dat     | User_ID\\tGame_ID\\tHours\\n\\n            | game_play.dat:2: '' has 1 fields (expected: 3: User_ID<tab>Game_ID<tab>Hours)
                    """)
    void namesFileAndLineOfWhatIsWrong(String file, String text, String message) throws IOException {
        SteamData.write(dir, file, text.translateEscapes());
        assertThatThrownBy(() -> SteamReader.read(dir))
                .isInstanceOf(LoadException.class)
                .hasMessageEndingWith(message.translateEscapes());
    }

    @Test
    void namesAMissingFileAndAMissingDirectory() throws IOException {
        Files.delete(dir.resolve("game_play.dat"));
        assertThatThrownBy(() -> SteamReader.read(dir))
                .isInstanceOf(LoadException.class)
                .hasMessage(dir.resolve("game_play.dat") + ": no such file, or it can't be read");
        assertThatThrownBy(() -> SteamReader.read(dir.resolve("none")))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("no such directory");
    }

    @Test
    void refusesAFileThatIsNotText() throws IOException {
        Files.write(dir.resolve("item_info.dat"), new byte[] {'G', (byte) 0xC3, '\n'});
        assertThatThrownBy(() -> SteamReader.read(dir)).hasMessageEndingWith("item_info.dat: not UTF-8 text");
    }

    @Test
    void findsTheOriginalInAgreementWithTheTables() throws IOException {
        SteamData.write(dir, "steam-200k.csv", SMALL_CSV);
        assertThatCode(() -> SteamCsv.check(dir.resolve("steam-200k.csv"), SteamReader.read(dir)))
                .doesNotThrowAnyException();
    }

    @Test
    void findsWhatOnlyOneOfTheOriginalAndTheTablesHas() throws IOException {
        Path csv = dir.resolve("steam-200k.csv");
        SteamDataSet tables = SteamReader.read(dir);
        SteamData.write(dir, "steam-200k.csv", SMALL_CSV + "187131847,\"Spore\",purchase,1.0,0\n");
        assertThatThrownBy(() -> SteamCsv.check(csv, tables))
                .hasMessageContaining("steam-200k.csv:7: ")
                .hasMessageContaining("is not in game_purchase.dat");
        SteamData.write(dir, "steam-200k.csv", SMALL_CSV.replace("273.0", "272.0"));
        assertThatThrownBy(() -> SteamCsv.check(csv, tables)).hasMessageContaining("steam-200k.csv:2: ");
        SteamData.write(dir, "steam-200k.csv", SMALL_CSV.lines().skip(1).reduce("", (all, line) -> all + line + "\n"));
        assertThatThrownBy(() -> SteamCsv.check(csv, tables)).hasMessageContaining("lacks 1 lines");
        SteamData.write(dir, "steam-200k.csv", "1,Spore,play,1.0,0\n");
        assertThatThrownBy(() -> SteamCsv.check(csv, tables))
                .hasMessageContaining("steam-200k.csv:1: ")
                .hasMessageContaining("expected: user,\"title\",purchase|play,value,0");
    }
}
