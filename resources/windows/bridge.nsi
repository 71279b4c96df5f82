; The Windows installer: for one user, without an administrator. Made by `python3 dev.py package --windows`,
; which defines VERSION, NUMBERS (four of them), SOURCE, ICON, LICENCE, TARGET, FILES and PACKING.

Unicode true
Target amd64-unicode
SetCompressor ${PACKING}
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS all

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include FileFunc.nsh

!define NAME "Bridge"
!define PROGRAM "bridge-gui.exe"
!define TERMINAL "bridge-cli.exe"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Bridge"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define RUN_NAME "bridge-gui" ; as bridge_gui/desktop/autostart.py names it

Name "${NAME}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\Bridge"
InstallDirRegKey HKCU "Software\Bridge" "InstallDir"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "${NAME}"
VIAddVersionKey CompanyName "The Bridge authors"
VIAddVersionKey LegalCopyright "MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME)"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(DATA_STAYS)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES

; The first is taken where Windows speaks none of these.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Icelandic"
!insertmacro MUI_LANGUAGE "Danish"
!insertmacro MUI_LANGUAGE "Swedish"
!insertmacro MUI_LANGUAGE "Norwegian"
!insertmacro MUI_LANGUAGE "Finnish"
!insertmacro MUI_LANGUAGE "Romanian"
!include texts.nsh

; $R9 is 1 if a Bridge runs from this folder: Windows lets nobody write to a program that runs.
!macro LOOK_WHETHER_OPEN
  StrCpy $R9 0
  !insertmacro LOOK_AT "$INSTDIR\${PROGRAM}"
  !insertmacro LOOK_AT "$INSTDIR\${TERMINAL}"
!macroend

!macro LOOK_AT FILE
  ${If} ${FileExists} "${FILE}"
    ClearErrors
    FileOpen $R8 "${FILE}" a
    ${If} ${Errors}
      StrCpy $R9 1
    ${Else}
      FileClose $R8
    ${EndIf}
  ${EndIf}
!macroend

; Asks an open Bridge to close, as its own Quit does: what is under way stops first. Then waits until none runs.
; One that cannot be asked (a sync in a terminal, the demo, an older version) is left to the user; where there is
; nobody to ask (/S), the exit code is 3.
!macro CLOSE_BRIDGE
  !insertmacro LOOK_WHETHER_OPEN
  ${If} $R9 = 1
    MessageBox MB_OKCANCEL|MB_ICONINFORMATION "$(WILL_CLOSE)" /SD IDOK IDOK +3
    SetErrorLevel 3
    Quit
    nsExec::ExecToLog /TIMEOUT=60000 '"$INSTDIR\${TERMINAL}" quit'
    Pop $R8
    ${For} $R7 1 50 ; it let go of its data, and is about to end
      !insertmacro LOOK_WHETHER_OPEN
      ${If} $R9 = 0
        ${Break}
      ${EndIf}
      Sleep 200
    ${Next}
  ${EndIf}
  ${DoWhile} $R9 = 1
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(STILL_OPEN)" /SD IDCANCEL IDRETRY +3
    SetErrorLevel 3
    Quit
    !insertmacro LOOK_WHETHER_OPEN
  ${Loop}
!macroend

Section "${NAME}" MAIN
  SectionIn RO
  !insertmacro CLOSE_BRIDGE
  ; An older version is replaced whole: what a new one no longer has must not stay beside it. Data lies elsewhere.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*"
  File "/oname=LICENSE.txt" "${LICENCE}"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "Software\Bridge" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "Publisher" "The Bridge authors"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Section /o "$(ON_DESKTOP)" DESKTOP_ICON
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

Section /o "$(WITH_WINDOWS)" START_WITH_WINDOWS
  WriteRegStr HKCU "${RUN}" "${RUN_NAME}" '"$INSTDIR\${PROGRAM}" --hidden'
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${MAIN} "$(ABOUT_MAIN)"
  !insertmacro MUI_DESCRIPTION_TEXT ${START_WITH_WINDOWS} "$(ABOUT_START)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  ; What was chosen for an older version is chosen again.
  ${If} ${FileExists} "$DESKTOP\${NAME}.lnk"
    !insertmacro SelectSection ${DESKTOP_ICON}
  ${EndIf}
  ReadRegStr $0 HKCU "${RUN}" "${RUN_NAME}"
  ${If} $0 != ""
    !insertmacro SelectSection ${START_WITH_WINDOWS}
  ${EndIf}
FunctionEnd

; Before the program goes, since only it knows which secrets are whose.
Section /o "un.$(FORGET)" FORGET_ALL
  !insertmacro CLOSE_BRIDGE
  nsExec::ExecToLog '"$INSTDIR\${TERMINAL}" disconnect --all --forget'
  Pop $0
  ${If} $0 != 0
    MessageBox MB_ICONSTOP "$(NOT_FORGOTTEN)" /SD IDOK
    SetErrorLevel 5
    Quit
  ${EndIf}
SectionEnd

Section "un.${NAME}" UNINSTALL
  SectionIn RO
  !insertmacro CLOSE_BRIDGE
  !include "${FILES}"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegValue HKCU "${RUN}" "${RUN_NAME}"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\Bridge"
SectionEnd

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${FORGET_ALL} "$(ABOUT_FORGET)"
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END

; `/FORGET` with `/S` removes data and secrets as well.
Function un.onInit
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/FORGET" $1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${FORGET_ALL}
  ${EndIf}
FunctionEnd
