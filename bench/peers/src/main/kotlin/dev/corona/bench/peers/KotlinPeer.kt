package dev.corona.bench.peers

import kotlin.coroutines.Continuation
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.createCoroutineUnintercepted
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn
import kotlin.coroutines.resume

/** The programs with Kotlin's `sequence` and its suspending functions. It has no primitive sequences. */
object KotlinPeer {
    private var sink = 0

    @JvmStatic
    fun run(program: String, steps: Int): Int =
        when (program) {
            "boxed 1" -> drain(sequence { values(1, steps) })
            "boxed 10" -> drain(sequence { values(10, steps) })
            "boxed 100" -> drain(sequence { values(100, steps) })
            "tree" -> drain(sequence { tree(0, steps) })
            "tree by delegation" -> drain(subtree(0, steps))
            "bounce 10" -> drain(sequence { for (i in 0 until steps) down(10, i) })
            "transfer" -> Pair(steps / 2).run()
            else -> throw IllegalArgumentException("no program $program")
        }

    private fun drain(values: Sequence<Int>): Int {
        var sum = 0
        for (each in values) sum += each
        return sum
    }

    private suspend fun SequenceScope<Int>.values(depth: Int, steps: Int) {
        if (depth > 1) {
            values(depth - 1, steps)
            sink++
        } else {
            for (i in 0 until steps) yield(i)
        }
    }

    private suspend fun SequenceScope<Int>.tree(low: Int, high: Int) {
        if (low >= high) return
        val middle = (low + high) ushr 1
        tree(low, middle)
        yield(middle)
        tree(middle + 1, high)
    }

    private fun subtree(low: Int, high: Int): Sequence<Int> = sequence {
        if (low < high) {
            val middle = (low + high) ushr 1
            yieldAll(subtree(low, middle))
            yield(middle)
            yieldAll(subtree(middle + 1, high))
        }
    }

    private suspend fun SequenceScope<Int>.down(depth: Int, value: Int) {
        if (depth > 1) down(depth - 1, value) else yield(value)
        sink++
    }

    /** Two that hand control to each other. The standard library has no transfer; this is one on its intrinsics. */
    private class Pair(private val turns: Int) : Continuation<Unit> {
        private var waiting: Continuation<Unit>? = null
        private var next: Continuation<Unit>? = null
        private var taken = 0

        override val context = EmptyCoroutineContext

        override fun resumeWith(result: Result<Unit>) = result.getOrThrow()

        fun run(): Int {
            next = ::play.createCoroutineUnintercepted(this)
            waiting = ::play.createCoroutineUnintercepted(this)
            while (true) {
                val running = next ?: return taken
                next = null
                running.resume(Unit)
            }
        }

        private suspend fun play() {
            for (i in 0 until turns) transfer()
        }

        private suspend fun transfer() = suspendCoroutineUninterceptedOrReturn<Unit> {
            taken++
            next = waiting
            waiting = it
            COROUTINE_SUSPENDED
        }
    }

    @JvmStatic
    fun suspend(count: Int): Array<Any> =
        Array(count) {
            val values = iterator { while (true) yield(Unit) }
            values.next()
            values
        }

    @JvmStatic
    fun resume(all: Array<Any>) {
        for (each in all) (each as Iterator<*>).next()
    }
}
