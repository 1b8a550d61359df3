package dev.corona.lua;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lets Lua code call a public method of a class that {@link LuaType#annotated} reads. What is not marked is not there. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface LuaExposed {
    /** What Lua code calls it; empty for the method's own name. */
    String value() default "";
}
