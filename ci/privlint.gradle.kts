// In the build.gradle.kts of the root project: copy this. It needs Gradle 4.9 or later.
// ./gradlew privlint examines the whole app; ./gradlew check does it too. `privlint` is taken from the search path, or
// from -Pprivlint=/path/to/privlint.
tasks.register<Exec>("privlint") {
    group = "verification"
    description = "Personal data that is not declared or not needed"
    workingDir = rootDir
    commandLine((findProperty("privlint") ?: "privlint").toString(), "check")
}
tasks.matching { it.name == "check" }.configureEach { dependsOn("privlint") }
