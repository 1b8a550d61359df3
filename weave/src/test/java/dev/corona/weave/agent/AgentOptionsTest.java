package dev.corona.weave.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may stand after the agent's jar. */
class AgentOptionsTest {
    @Test
    void nothingMeansWhateverUsesCorona() throws Exception {
        for (String text : new String[] {null, "", " "}) {
            AgentOptions options = AgentOptions.parse(text);
            assertThat(options.isByUse()).isTrue();
            assertThat(options.wants("com.acme.Report")).isTrue();
            assertThat(options.wants("dev.corona.lua.Lua")).isFalse();
            assertThat(options.strict() || options.quiet() || options.everything()).isFalse();
        }
    }

    @Test
    void takesEachOption() throws Exception {
        AgentOptions options =
                AgentOptions.parse(
                        "weave=com.acme.**,weave=org.Other,exclude=com.acme.x.*,accept=java.util.List.forEach,"
                                + "report=out.txt,everything,warnings-as-errors,quiet");
        assertThat(options.wants("com.acme.a.Report")).isTrue();
        assertThat(options.wants("org.Other$Inner")).isTrue();
        assertThat(options.wants("org.Another")).isFalse();
        assertThat(options.wants("com.acme.x.Report")).isFalse();
        assertThat(options.accepted()).containsExactly("java.util.List.forEach");
        assertThat(options.report()).isEqualTo("out.txt");
        assertThat(options.strict() && options.quiet() && options.everything()).isTrue();
    }

    @Test
    void whatWovenCodeStandsOnIsNeverWoven() throws Exception {
        AgentOptions all = AgentOptions.parse("weave=dev.corona.**");
        assertThat(all.wants("dev.corona.examples.GeneratorTour")).isTrue();
        assertThat(all.wants("dev.corona.Generator")).isFalse();
        assertThat(all.wants("dev.corona.woven.Strand")).isFalse();
        assertThat(all.wants("dev.corona.weave.analysis.Flow")).isFalse();
    }

    @Test
    void aPackagesDescriptionIsReadForItsMark() throws Exception {
        assertThat(AgentOptions.parse("weave=com.acme.Report").wants("com.acme.package-info"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | unknown option nonsense",
                "wave=x | unknown option wave",
                "weave | weave needs a value: weave=...",
                "exclude= | exclude needs a value: exclude=...",
                "quiet=yes | quiet takes no value, but has yes",
                "quiet,, | an option is missing beside a comma in quiet,,",
                "report=a,report=b | one file takes the report, but there are [a, b]"
            })
    void explainsAMistake(String text, String message) {
        assertThatThrownBy(() -> AgentOptions.parse(text))
                .isInstanceOf(AgentOptions.Mistake.class)
                .hasMessage(message);
    }
}
