plugins {
    id("com.android.application") version "8.7.3"
}

android {
    namespace = "com.example.rides"
    compileSdk = 35

    defaultConfig {
        applicationId = "com.example.rides"
        minSdk = 33
        targetSdk = 35
        versionCode = 31
        versionName = "3.1"
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
}

dependencies {
    implementation("androidx.appcompat:appcompat:1.7.0")
    implementation("com.amap.api:3dmap:10.0.600")
}
