# SPDX-License-Identifier: MIT
# Runs two programs: both have to print the same, and something.
foreach(one first second)
  execute_process(COMMAND ${${one}} OUTPUT_VARIABLE ${one}_output COMMAND_ERROR_IS_FATAL ANY)
endforeach()
if(NOT first_output STREQUAL second_output OR first_output STREQUAL "")
  message(FATAL_ERROR "${first} prints\n${first_output}\n${second} prints\n${second_output}")
endif()
