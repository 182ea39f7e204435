plugins {
    id("com.android.application") version "8.7.3"
    kotlin("android") version "2.1.0"
}

android {
    namespace = "com.example.maps"
    compileSdk = 35

    defaultConfig {
        applicationId = "com.example.maps"
        minSdk = 26
        targetSdk = 35
        versionCode = 12
        versionName = "1.12"
    }
}

kotlin {
    jvmToolchain(17)
}

dependencies {
    implementation("androidx.appcompat:appcompat:1.7.0")
    implementation("androidx.activity:activity-ktx:1.9.3")
    implementation("androidx.core:core-ktx:1.15.0")
    implementation("org.maplibre.gl:android-sdk:11.7.1")
}
