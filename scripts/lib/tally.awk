# Counts tests from the lines of `swift test` that say how each ended, XCTest first.
# Prints "TOTAL FAILED SKIPPED ABSENT SEEN": ABSENT of the SKIPPED wait for outside data; SEEN is
# the number of tests whose outcome was read, to be compared with the total.
#
# The totals come from the closing lines, the rest from one line for each test. A test that prints
# without a line break may stand before such a line, so nothing is anchored to the line's start.

# XCTest prints this for every suite; the last one is for all of them.
/Executed [0-9]+ tests?, with / {
    sub(/.*Executed /, "")
    xctest_total = $1
}
/Test Case '.*' failed \(/ { failed++ }
/Test Case '.*' skipped \(/ { skipped++ }
/ : Test skipped - DATA ABSENT:/ { absent++ }

/ Test run with [0-9]+ tests? .*(passed|failed) after / {
    sub(/.* Test run with /, "")
    testing_total = $1
    next
}
/ Test (".*"|[^ ]+) (with [0-9]+ test cases? )?passed after [0-9.]+ seconds/ { passed++; next }
/ Test (".*"|[^ ]+) (with [0-9]+ test cases? )?failed after [0-9.]+ seconds/ { failed++; next }
/ Test (".*"|[^ ]+) (skipped[.:]|was cancelled after )/ {
    skipped++
    if ($0 ~ /: "DATA ABSENT:/) absent++
}
/Test Case '.*' passed \(/ { passed++ }

END {
    # No closing line: the tests crashed or were killed, and what was seen is all there is.
    seen = passed + failed + skipped
    total = xctest_total + testing_total
    print (total > seen ? total : seen), failed + 0, skipped + 0, absent + 0, seen + 0
}
