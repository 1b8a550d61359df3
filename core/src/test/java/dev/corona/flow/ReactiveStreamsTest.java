package dev.corona.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our publishers and subscribers keep the rules that the project Reactive Streams checks. */
class ReactiveStreamsTest {
    /** Fewer tests than this would mean that the rules were not found. */
    private static final int FEWEST_PASSED = 10;

    @ParameterizedTest
    @ValueSource(
            classes = {PublisherRules.class, ChannelPublisherRules.class, SubscriberRules.class})
    @Timeout(300)
    void keepsTheRules(Class<?> rules) throws Exception {
        Path output = Files.createTempDirectory("testng");
        TestNG runner = new TestNG(false);
        TestListenerAdapter results = new TestListenerAdapter();
        runner.setOutputDirectory(output.toString());
        runner.setTestClasses(new Class<?>[] {rules});
        runner.addListener(results);
        runner.run();
        List<String> failures = new ArrayList<>();
        for (ITestResult each : results.getFailedTests())
            failures.add(each.getName() + ": " + each.getThrowable());
        assertThat(failures).isEmpty();
        assertThat(results.getPassedTests()).hasSizeGreaterThan(FEWEST_PASSED);
    }
}
