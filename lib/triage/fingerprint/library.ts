// What stands in a frame that is the language's, the runner's or a package's own, in the languages whose reports we
// read. The page of a failure folds by the same expression, so it must stay small: no table here.
const packages =
  /cypress_runner\.js|InvokeStub_|\btesting\.go:|Symfony\\|package:(?:provider|bloc|flutter_bloc|riverpod|go_router|mocktail)\/|(?:androidx?|com\.android|worker\.org\.gradle|org\.xmlunit|net\.bytebuddy)\.|node_modules[\\/]|\(?node:|\(internal\/|webpack[\\/]bootstrap|\bat (?:async )?(?:Object\.)?(?:__webpack_require__|<anonymous>$|new Promise|process\.processTicksAndRejections|processTicksAndRejections)|^\s*(?:at )?(?:[\w.]+\/{1,2})?(?:javax?|jdk|sun|kotlinx?|scala|groovy|junit|io\.(?:kotest|mockk|netty|restassured|cucumber|ktor|qameta)|reactor|okhttp3|com\.(?:sun|codeborne|intellij|zaxxer|mysql|jayway|fasterxml|google\.common|github\.tomakehurst)|org\.(?:junit|gradle|apache|testng|mockito|springframework|hamcrest|codehaus|assertj|opentest4j|openqa|hibernate|postgresql|h2|eclipse|spockframework|testcontainers|jboss|skyscreamer|awaitility|json)|System|Microsoft|NUnit|Xunit|FluentAssertions|Shouldly|Moq|Npgsql|OpenQA|TechTalk)\b[.$/]|site-packages[\\/]|dist-packages[\\/]|[\\/]lib[\\/]python\d|[\\/]vendor[\\/]|\/rustc\/|[\\/]\.cargo[\\/]|\/usr\/(?:lib|include|local\/(?:go|lib|include))\/|[\\/]go[\\/]pkg[\\/]|[\\/]hostedtoolcache[\\/]|[\\/]go[\\/]src[\\/](?:runtime|testing|net|os|io|reflect|sync|internal|encoding|fmt|strings|sort|context|database)[\\/]|\/libexec\/|[\\/]gems?[\\/]|[\\/]ruby[\\/]\d|(?:^|\()dart:|package:(?:test|test_api|flutter|flutter_test|stack_trace|matcher|async|mockito|http|dio)\/|\b(?:std|core|alloc|tokio|test)::|rust_begin_unwind|__rust_|<frozen |testing\.(?:tRunner|\(\*T\))|runtime(?:\.|\/debug\.)\w/;

/** Whether a line of a stack is a library's and not the project's own. */
export const isLibraryLine = (line: string): boolean => packages.test(line);

// Generated lines say nothing of whose they are; the page may show them, a cause never stands there.
const generated = /\$\$Lambda|\$Proxy\d|CGLIB\$\$|MockitoMock|GeneratedMethodAccessor|<generated>|\(Unknown Source\)$/;

export const isGeneratedLine = (line: string): boolean => generated.test(line);
