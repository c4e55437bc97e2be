/* Stands in for every program of Galaxy: writes down what the operating system gave it, byte for byte, and stays.
 *
 * /run/gxgen/<pid> holds one "key hex" line a fact, argv and env repeated in order; it appears complete, by rename.
 * /run/gxgen/<pid>.signals gets a line for each signal. The place is fixed, so that nothing in the environment or the
 * arguments is needed to find it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define PLACE "/run/gxgen"

extern char **environ;

static char signals_path[64];

static void hex(FILE *out, const char *key, const char *bytes, size_t length)
{
    fprintf(out, "%s ", key);
    for (size_t i = 0; i < length; i++)
        fprintf(out, "%02x", (unsigned char)bytes[i]);
    fputc('\n', out);
}

static void text(FILE *out, const char *key, const char *value) { hex(out, key, value, strlen(value)); }

static void number(FILE *out, const char *key, const char *format, unsigned long value)
{
    char buffer[32];
    snprintf(buffer, sizeof buffer, format, value);
    text(out, key, buffer);
}

static void link_target(FILE *out, const char *key, const char *path)
{
    static char buffer[8192];
    ssize_t length = readlink(path, buffer, sizeof buffer);
    hex(out, key, buffer, length < 0 ? 0 : (size_t)length);
}

static void append_signal(const char *name)
{
    int fd = open(signals_path, O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (fd < 0)
        return;
    if (write(fd, name, strlen(name)) < 0)
        _exit(9);
    close(fd);
}

static void on_signal(int number)
{
    int before = errno;
    if (number == SIGHUP) {
        append_signal("HUP\n");
        errno = before;
        return;
    }
    append_signal(number == SIGINT ? "INT\n" : number == SIGQUIT ? "QUIT\n" : "TERM\n");
    _exit(0);
}

static void ready(const char *path)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || length >= sizeof to.sun_path)
        return;
    memcpy(to.sun_path, path, length);
    if (to.sun_path[0] == '@')
        to.sun_path[0] = 0;
    if (sendto(fd, "READY=1", 7, 0, (struct sockaddr *)&to, offsetof(struct sockaddr_un, sun_path) + length) < 0)
        perror("READY=1");
    close(fd);
}

int main(int argc, char **argv)
{
    char temporary[64], path[64];
    gid_t groups[64];
    struct rlimit limit;
    mode_t mask = umask(0);
    struct sigaction act = {.sa_handler = on_signal};

    snprintf(path, sizeof path, PLACE "/%d", (int)getpid());
    snprintf(temporary, sizeof temporary, PLACE "/.%d", (int)getpid());
    snprintf(signals_path, sizeof signals_path, PLACE "/%d.signals", (int)getpid());
    sigaction(SIGHUP, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGQUIT, &act, NULL);

    FILE *out = fopen(temporary, "w");
    if (!out) {
        perror(temporary);
        return 9;
    }
    for (int i = 0; i < argc; i++)
        text(out, "argv", argv[i]);
    for (char **one = environ; *one; one++)
        text(out, "env", *one);
    link_target(out, "cwd", "/proc/self/cwd");
    link_target(out, "exe", "/proc/self/exe");
    link_target(out, "stdout", "/proc/self/fd/1");
    number(out, "umask", "%03lo", mask);
    number(out, "uid", "%lu", getuid());
    number(out, "gid", "%lu", getgid());
    int count = getgroups(64, groups);
    for (int i = 0; i < count; i++)
        number(out, "group", "%lu", groups[i]);
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        number(out, "nofile", "%lu", limit.rlim_cur);
    number(out, "ppid", "%lu", (unsigned long)getppid());
    if (fclose(out) != 0 || rename(temporary, path) != 0) {
        perror(path);
        return 9;
    }
    umask(mask);

    printf("witness %d writes to stdout\n", (int)getpid());
    fflush(stdout);
    fprintf(stderr, "witness %d writes to stderr\n", (int)getpid());
    const char *notify = getenv("NOTIFY_SOCKET");
    if (notify)
        ready(notify);
    for (;;)
        pause();
}
