/*
 * Stands between a process and its system calls, by LD_PRELOAD, to make one of them fail, to kill the process at one, or to write down
 * what it did to the disk. Only calls about paths below SHIM_ROOT count; with SHIM_NET=1 also forks and what is sent to sockets.
 * Children of the process are left alone.
 *
 * SHIM_LOG    file that gets a line for each counted call, and for each fault: "fault N"
 * SHIM_DATA   directory: what is written is kept there, in a file for each call, named by its number
 * SHIM_AT     number of the call, from 1, at which the fault happens; 0 for none
 * SHIM_FAULT  kill_before | kill_after | short | the number of an error of errno(3)
 * SHIM_LASTS  1: every later call that needs room fails too, until a file is removed
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char root[PATH_MAX];
static size_t root_length;
static char data[PATH_MAX];
static int log_fd = -1, net, lasts, short_write, error_number, kill_before, kill_after;
static long at, calls;
static int room_gone, was_short;
static pid_t self;
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

static void taken(const char *name, char *into, size_t size) {
  const char *value = getenv(name);
  snprintf(into, size, "%s", value == NULL ? "" : value);
  unsetenv(name);
}

__attribute__((constructor)) static void begin(void) {
  char text[PATH_MAX];
  taken("SHIM_ROOT", root, sizeof root);
  root_length = strlen(root);
  taken("SHIM_DATA", data, sizeof data);
  taken("SHIM_LOG", text, sizeof text);
  if (text[0] != 0) log_fd = syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  taken("SHIM_AT", text, sizeof text);
  at = atol(text);
  taken("SHIM_NET", text, sizeof text);
  net = text[0] == '1';
  taken("SHIM_LASTS", text, sizeof text);
  lasts = text[0] == '1';
  taken("SHIM_FAULT", text, sizeof text);
  kill_before = strcmp(text, "kill_before") == 0;
  kill_after = strcmp(text, "kill_after") == 0;
  short_write = strcmp(text, "short") == 0;
  error_number = atoi(text);
  unsetenv("LD_PRELOAD");
  self = getpid();
}

static void *next(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) abort();
  return found;
}

static void note(const char *format, ...) {
  char line[2 * PATH_MAX + 200];
  va_list values;
  if (log_fd < 0) return;
  va_start(values, format);
  int length = vsnprintf(line, sizeof line, format, values);
  va_end(values);
  if (length > 0) syscall(SYS_write, log_fd, line, (size_t)length);
}

static void die(void) {
  syscall(SYS_kill, self, SIGKILL);
  for (;;) pause();
}

static int below(const char *path) {
  if (strstr(path, "/../") != NULL) return 0;
  return root_length > 0 && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == 0);
}

static void path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = 0;
}

static void absolute(const char *path, char *whole) {
  char here[PATH_MAX];
  if (path[0] == '/' || getcwd(here, sizeof here) == NULL) snprintf(whole, PATH_MAX, "%s", path);
  else snprintf(whole, PATH_MAX, "%.2000s/%.2000s", here, path);
}

static int counts_fd(int fd, char *path) {
  if (getpid() != self || fd == log_fd) return 0;
  path_of(fd, path);
  return below(path) || (net && strncmp(path, "socket:", 7) == 0);
}

static int counts_path(const char *name, char *path) {
  if (getpid() != self) return 0;
  absolute(name, path);
  return below(path);
}

/* Called with the guard held: numbers the call, and says what becomes of it: 0 nothing, -1 an error (errno is set), 1 a short write. */
static int fate(int needs_room, int can_be_short) {
  calls++;
  if (calls == at) {
    if (kill_before) {
      note("fault %ld\n", calls);
      die();
    }
    if (short_write && can_be_short) {
      note("fault %ld\n", calls);
      was_short = 1;
      return 1;
    }
    if (error_number > 0) {
      note("fault %ld\n", calls);
      room_gone = lasts;
      errno = error_number;
      return -1;
    }
  } else if (was_short) {
    /* libuv writes the rest by itself: only when that fails does the program see a short write, and no error. */
    was_short = 0;
    errno = ENOSPC;
    return -1;
  } else if (room_gone && needs_room) {
    errno = error_number;
    return -1;
  }
  return 0;
}

static void done(void) {
  if (calls == at && kill_after) {
    note("fault %ld\n", calls);
    die();
  }
}

/* Called with the guard held: keeps what a call has written. Returns `written`. */
static ssize_t kept(ssize_t written, const void *bytes, const char *path) {
  char name[PATH_MAX + 32];
  int error = errno;
  if (data[0] == 0 || written <= 0 || !below(path)) return written;
  snprintf(name, sizeof name, "%s/%ld", data, calls);
  int fd = syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  syscall(SYS_write, fd, bytes, (size_t)written);
  syscall(SYS_close, fd);
  errno = error;
  return written;
}

/* One counted call, from the number it gets to its result. `what` is written to the log with its path when it went well. */
#define COUNTED(room, can_be_short, call, short_call, format, ...)  \
  do {                                                               \
    pthread_mutex_lock(&guard);                                      \
    int becomes = fate(room, can_be_short);                          \
    result = becomes < 0 ? -1 : becomes > 0 ? (short_call) : (call); \
    int error = errno;                                               \
    note("%ld %ld " format "\n", calls, (long)result, __VA_ARGS__);  \
    done();                                                          \
    pthread_mutex_unlock(&guard);                                    \
    errno = error;                                                   \
  } while (0)

int open64(const char *name, int flags, ...) {
  static int (*real)(const char *, int, ...);
  if (real == NULL) real = next("open64");
  va_list values;
  va_start(values, flags);
  int mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(values, int) : 0;
  va_end(values);
  char path[PATH_MAX];
  int result;
  if (!counts_path(name, path)) return real(name, flags, mode);
  COUNTED((flags & O_CREAT) != 0, 0, real(name, flags, mode), -1, "open %d %s", flags & (O_CREAT | O_EXCL | O_TRUNC), path);
  return result;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  static ssize_t (*real)(int, const void *, size_t);
  if (real == NULL) real = next("write");
  char path[PATH_MAX];
  ssize_t result;
  if (!counts_fd(fd, path)) return real(fd, bytes, length);
  off_t offset = lseek(fd, 0, SEEK_CUR);
  COUNTED(1, length > 1, kept(real(fd, bytes, length), bytes, path), kept(real(fd, bytes, length / 2), bytes, path), "write %ld %s",
          (long)offset, path);
  return result;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  if (real == NULL) real = next("pwrite64");
  char path[PATH_MAX];
  ssize_t result;
  if (!counts_fd(fd, path)) return real(fd, bytes, length, offset);
  COUNTED(1, length > 1, kept(real(fd, bytes, length, offset), bytes, path), kept(real(fd, bytes, length / 2, offset), bytes, path),
          "write %ld %s", (long)offset, path);
  return result;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  static ssize_t (*real)(int, const struct iovec *, int);
  if (real == NULL) real = next("writev");
  char path[PATH_MAX];
  ssize_t result;
  if (!counts_fd(fd, path)) return real(fd, parts, count);
  COUNTED(1, 0, real(fd, parts, count), -1, "writev %d %s", count, path);
  return result;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  static ssize_t (*real)(int, const struct msghdr *, int);
  if (real == NULL) real = next("sendmsg");
  char path[PATH_MAX];
  ssize_t result;
  if (!counts_fd(fd, path)) return real(fd, message, flags);
  COUNTED(0, 0, real(fd, message, flags), -1, "sendmsg %d %s", flags, path);
  return result;
}

int fsync(int fd) {
  static int (*real)(int);
  if (real == NULL) real = next("fsync");
  char path[PATH_MAX];
  int result;
  if (!counts_fd(fd, path)) return real(fd);
  COUNTED(1, 0, real(fd), -1, "sync - %s", path);
  return result;
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (real == NULL) real = next("fdatasync");
  char path[PATH_MAX];
  int result;
  if (!counts_fd(fd, path)) return real(fd);
  COUNTED(1, 0, real(fd), -1, "sync - %s", path);
  return result;
}

int ftruncate64(int fd, off64_t length) {
  static int (*real)(int, off64_t);
  if (real == NULL) real = next("ftruncate64");
  char path[PATH_MAX];
  int result;
  if (!counts_fd(fd, path)) return real(fd, length);
  COUNTED(0, 0, real(fd, length), -1, "truncate %ld %s", (long)length, path);
  return result;
}

static int two_paths(const char *what, int (*real)(const char *, const char *), const char *from, const char *to) {
  char old[PATH_MAX], new[PATH_MAX];
  int result;
  absolute(from, old);
  if (!counts_path(to, new)) return real(from, to);
  COUNTED(1, 0, real(from, to), -1, "%s %s %s", what, old, new);
  return result;
}

int rename(const char *from, const char *to) { return two_paths("rename", next("rename"), from, to); }
int link(const char *from, const char *to) { return two_paths("link", next("link"), from, to); }

static int one_path(const char *what, int (*real)(const char *), const char *name) {
  char path[PATH_MAX];
  int result;
  if (!counts_path(name, path)) return real(name);
  COUNTED(0, 0, real(name), -1, "%s - %s", what, path);
  if (result == 0) room_gone = 0;
  return result;
}

int unlink(const char *name) { return one_path("unlink", next("unlink"), name); }
int rmdir(const char *name) { return one_path("rmdir", next("rmdir"), name); }

int mkdir(const char *name, mode_t mode) {
  static int (*real)(const char *, mode_t);
  if (real == NULL) real = next("mkdir");
  char path[PATH_MAX];
  int result;
  if (!counts_path(name, path)) return real(name, mode);
  COUNTED(1, 0, real(name, mode), -1, "mkdir - %s", path);
  return result;
}

pid_t fork(void) {
  static pid_t (*real)(void);
  if (real == NULL) real = next("fork");
  if (!net || getpid() != self) return real();
  pthread_mutex_lock(&guard);
  int becomes = fate(0, 0);
  pid_t child = becomes < 0 ? -1 : real();
  if (child == 0) {
    pthread_mutex_init(&guard, NULL);
    return 0;
  }
  note("%ld %d fork - -\n", calls, child > 0 ? 0 : -1);
  done();
  pthread_mutex_unlock(&guard);
  return child;
}
