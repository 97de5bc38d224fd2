/* Stands for an older version of Partner Desk that is open: it says so, and
   stays until its input ends. */
#include <stdio.h>

int main(void)
{
    puts("open");
    fflush(stdout);
    while (getchar() != EOF)
        ;
    return 0;
}
