package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.lua.LuaRun.Outcome;
import dev.corona.lua.runtime.LuaFunction;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntBinaryOperator;

/** Java objects in Lua code, and Lua functions in Java code. */
class JavaObjectsTest {
    private final LuaRuntime lua = LuaRuntime.create(LuaOptions.standard());

    /** Something with members that are not for Lua code. */
    public static class Account {
        private final String owner;
        private long balance;
        final List<String> notes = new ArrayList<>();

        Account(String owner) {
            this.owner = owner;
        }

        public String owner() {
            return owner;
        }

        public void drop() {
            throw new AssertionError("nobody exposed it");
        }

        @LuaExposed
        public long deposit(int amount) throws IOException {
            if (amount < 0) throw new IOException("negative amount");
            return balance += amount;
        }

        @LuaExposed("note")
        public void takeNotes(String first, String... more) {
            notes.add(first);
            notes.addAll(List.of(more));
        }

        @LuaExposed
        public int sum(List<?> numbers, Map<?, ?> options, Callable<Long> unused) {
            return numbers.size() + options.size();
        }
    }

    /** Has what its superclass has. */
    public static final class Savings extends Account {
        Savings() {
            super("saver");
        }
    }

    private final Account account = new Account("Ann");

    private void expose() {
        lua.define(
                LuaType.annotated("Account", Account.class)
                        .withProperty("owner", Account::owner)
                        .withProperty(
                                "balance", a -> a.balance, (a, value) -> a.balance = (Long) value)
                        .withMethod("twin", (a, args) -> a)
                        .withText(a -> "account of " + a.owner));
        lua.set("account", account);
    }

    @Test
    void membersThatAreNamedCanBeUsed() {
        expose();
        assertThat(lua.run("account.balance = 5 return account:deposit(3), account.owner"))
                .containsExactly(8L, "Ann");
        assertThat(lua.run("account:note('a', 'b', 'c') return tostring(account)"))
                .containsExactly("account of Ann");
        assertThat(account.notes).containsExactly("a", "b", "c");
    }

    @Test
    void nothingElseCanBeReached() {
        expose();
        String[] hidden = {"drop", "getClass", "class", "hashCode", "notes", "wait", "toString"};
        for (String name : hidden) {
            assertThat(lua.run("return account." + name)).as(name).containsExactly((Object) null);
        }
        assertThat(lua.run("return getmetatable(account)")).containsExactly("Account");
        assertThatThrownBy(() -> lua.run("setmetatable(account, {})"))
                .isInstanceOf(LuaException.class);
        assertThatThrownBy(() -> lua.run("account.owner = 'Bob'"))
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("owner")
                .hasMessageContaining("read-only");
        assertThatThrownBy(() -> lua.run("account.other = 1"))
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("no property 'other'");
        assertThatThrownBy(() -> lua.run("account.deposit({}, 1)"))
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("method of Account");
    }

    @Test
    void objectsOfOtherClassesDoNotEnter() {
        expose();
        lua.set("make", args -> new Object());
        assertThatThrownBy(() -> lua.run("return make()"))
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("define a LuaType");
        lua.set("type_of", args -> String.class);
        assertThatThrownBy(() -> lua.run("return type_of()")).isInstanceOf(LuaException.class);
        assertThat(lua.run("return pcall(make)").get(0)).isEqualTo(false);
    }

    @Test
    void anObjectStaysItself() {
        expose();
        List<Object> seen = new ArrayList<>();
        lua.set("see", args -> seen.add(args.get(0)));
        assertThat(lua.run("see(account) return account == account:twin(), account"))
                .containsExactly(true, account);
        assertThat(seen).containsExactly(account);
    }

    @Test
    void subclassesHaveTheTypeOfTheirSuperclass() {
        expose();
        lua.set("savings", new Savings());
        assertThat(lua.run("return savings.owner, savings:deposit(2)"))
                .containsExactly("saver", 2L);
    }

    @Test
    void argumentsAreConvertedOrRefused() {
        expose();
        assertThat(lua.run("return account:deposit(2.0)")).containsExactly(2L);
        assertThat(lua.run("return account:sum({1, 2}, {a = 1}, nil)")).containsExactly(3L);
        assertThatThrownBy(() -> lua.run("account:deposit('x')"))
                .hasMessageContaining("int expected, got String");
        assertThatThrownBy(() -> lua.run("account:deposit(1 << 40)"))
                .hasMessageContaining("1099511627776 does not fit into int");
        assertThatThrownBy(() -> lua.run("account:deposit()"))
                .hasMessageContaining("int expected, got nil");
    }

    @Test
    void anExceptionIsAnErrorAndItsCauseOnTheWayBack() {
        expose();
        assertThat(lua.run("return select('#', pcall(account.deposit, account, -1))"))
                .containsExactly(2L);
        assertThatThrownBy(() -> lua.run("account:deposit(-1)", "@f.lua"))
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("negative amount")
                .cause()
                .isInstanceOf(IOException.class)
                .satisfies(
                        e -> assertThat(e.getStackTrace()[0].getMethodName()).isEqualTo("deposit"));
    }

    @Test
    void aTypeWithTwoMembersOfANameIsRefused() {
        LuaType<Account> type = LuaType.annotated("Account", Account.class);
        assertThatThrownBy(() -> type.withProperty("deposit", a -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a member 'deposit' already");
    }

    @Test
    void aFunctionImplementsAnInterface() {
        Object f = lua.run("return function(a, b) return a * b end").get(0);
        IntBinaryOperator times = lua.implement(IntBinaryOperator.class, f);
        assertThat(times.applyAsInt(6, 7)).isEqualTo(42);
        assertThat(times).isEqualTo(times).hasToString(times.toString());
        @SuppressWarnings("unchecked")
        Comparator<Object> byLength =
                lua.implement(
                        Comparator.class,
                        lua.run("return function(a, b) return #a - #b end").get(0));
        List<Object> words = new ArrayList<>(List.of("ccc", "a", "bb"));
        words.sort(byLength.reversed());
        assertThat(words).containsExactly("ccc", "bb", "a");
    }

    /** Has a method that Lua code need not have. */
    public interface Shape {
        double area();

        String name(String prefix);

        default String describe() {
            return name("the ") + " of " + area();
        }
    }

    @Test
    void aTableImplementsAnInterface() {
        Object table =
                lua.run(
                                """
                                return { side = 3, area = function(self) return self.side ^ 2 end,
                                  name = function(self, prefix) return prefix .. "square" end }""")
                        .get(0);
        assertThat(lua.implement(Shape.class, table).describe()).isEqualTo("the square of 9.0");
        Shape empty = lua.implement(Shape.class, lua.run("return {}").get(0));
        assertThatThrownBy(empty::area)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("no function 'area'");
        Shape wrong =
                lua.implement(Shape.class, lua.run("return { area = function() end }").get(0));
        assertThatThrownBy(wrong::area)
                .isInstanceOf(ClassCastException.class)
                .hasMessageContaining("double expected, got nil");
        assertThatThrownBy(() -> lua.implement(String.class, table))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anErrorCrossesJavaInBothDirections() {
        lua.set("twice", args -> lua.call((LuaFunction) args.get(0)));
        assertThat(
                        lua.run(
                                """
                                local t = {}
                                local ok, e = pcall(twice, function() error(t) end)
                                return ok, e == t"""))
                .containsExactly(false, true);
    }

    @Test
    void callsBackSpendTheBudgetOfTheirCaller() {
        LuaRuntime counted = LuaRuntime.create(LuaOptions.standard().withAccounting());
        counted.set("apply", args -> counted.call((LuaFunction) args.get(0)));
        LuaRun run =
                counted.start(
                        counted.load(
                                "apply(function() for i = 1, 100 do end end) while true do end",
                                "=c"));
        assertThat(run.resume(1000)).isEqualTo(Outcome.PAUSED);
        assertThat(run.spent()).isBetween(1000L, 1001L);
        LuaRun caught =
                counted.start(
                        counted.load(
                                "while true do pcall(apply, function() while true do end end) end",
                                "=c"));
        assertThat(caught.resume(1000)).isEqualTo(Outcome.PAUSED);
    }
}
